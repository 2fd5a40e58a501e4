// The fake runtime keeps the promises of the real ones.
#include "support/fakes/fake_runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "support/fakes/fake_cgroups.h"
#include "support/fakes/runtime_contract.h"
#include "support/result_matchers.h"

namespace isulad::test {
namespace {

using ::testing::ElementsAre;

// What a fake launcher makes of the commands.
class FakeRuntimeWorld final : public RuntimeWorld {
 public:
  FakeRuntimeWorld() {
    cgroups_.set_on_kill([this](pid_t pid) { running_.erase(pid); });
    runtime_.set_on_delete([this](const std::string& id) { cgroups_.Destroy("/" + id); });
  }

  const runtime::OciRuntime& runtime() const override { return runtime_; }
  Status Start(const std::string& id) override {
    const std::vector<std::string> command = runtime_.StartCommand({id, "/bundle", "", "", ""});
    if (runtime_.Has(command[2])) {
      return AlreadyExists("container " + id + " exists");
    }
    runtime_.Add(command[2]);
    cgroups_.Put(++last_, "/" + id);
    running_[last_] = id;
    return OkStatus();
  }
  Status Create(const std::string& id) override { return Start(id); }
  void EndProcess(const std::string& id) override { EXPECT_OK(cgroups_.Kill("/" + id)); }
  bool IsUp(const std::string& id) override {
    return std::any_of(running_.begin(), running_.end(),
                       [&](const auto& process) { return process.second == id; });
  }
  bool HasCgroup(const std::string& id) override { return cgroups_.Exists("/" + id); }
  bool IsKnown(const std::string& id) override { return runtime_.Has(id); }

 private:
  FakeRuntime runtime_;
  FakeCgroups cgroups_;
  std::map<pid_t, std::string> running_;
  pid_t last_ = 100;
};

INSTANTIATE_TEST_SUITE_P(Fake, RuntimeContract, testing::Values(RuntimeWorldFactory([] {
                           return std::make_unique<FakeRuntimeWorld>();
                         })));

TEST(FakeRuntime, FailsOnceAndForgetsNothingThen) {
  Steps steps;
  FakeRuntime fake(&steps);
  EXPECT_EQ(fake.Dump(), "");
  fake.Add("one");
  fake.Add("two");
  steps.FailStep(0);
  EXPECT_THAT(fake.Delete("one"), IsErrorWith(Code::kInternal, "injected into runtime Delete"));
  EXPECT_EQ(fake.Dump(), "runtime one\nruntime two\n");
  EXPECT_OK(fake.Delete("one"));
  EXPECT_EQ(fake.Dump(), "runtime two\n");
  EXPECT_THAT(steps.taken(), ElementsAre("runtime Delete", "runtime Delete"));
}

TEST(FakeRuntime, HasCommandsThatAreRecognised) {
  const FakeRuntime fake;
  EXPECT_THAT(fake.StartCommand({"one", "/b", "/p", "/l", ""}),
              ElementsAre("fake-runtime", "run", "one", "--bundle", "/b", "--pid-file", "/p",
                          "--log", "/l"));
  EXPECT_THAT(fake.ExecCommand({"one", "/x", "/p", "/l", "c"}),
              ElementsAre("fake-runtime", "exec", "one", "--process", "/x", "--pid-file", "/p",
                          "--log", "/l", "--console-socket", "c"));
}

}  // namespace
}  // namespace isulad::test
