// The fake keeps the promises of the real ones, or the tests that stand on it would prove nothing.
#include "support/fakes/fake_cgroups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "support/fakes/cgroup_contract.h"
#include "support/result_matchers.h"

namespace isulad::test {
namespace {

using ::testing::ElementsAre;

constexpr std::chrono::milliseconds kNoTime(0);

class FakeCgroupWorld final : public CgroupWorld {
 public:
  explicit FakeCgroupWorld(cgroup::Layout layout) : fake_(nullptr, layout) {
    fake_.set_on_kill([this](pid_t pid) { running_.erase(pid); });
  }

  const cgroup::Hierarchy& hierarchy() const override { return fake_; }
  std::string root() const override { return "/isulad/container"; }
  void Make(const std::string& path) override { fake_.Make(path); }
  bool Exists(const std::string& path) const override { return fake_.Exists(path); }
  pid_t Start(const std::string& path) override {
    fake_.Put(++last_, path);
    running_.insert(last_);
    return last_;
  }
  bool Runs(pid_t pid) override { return running_.contains(pid); }
  bool IsKilled(pid_t pid) override { return !running_.contains(pid); }
  void OccupyMemory(const std::string& path, uint64_t bytes) override {
    Start(path);
    fake_.SetMemoryUsage(path, bytes);
  }
  void ExceedMemory(const std::string& path, uint64_t /*limit*/) override {
    fake_.AddOomKill(path);
  }
  cgroup::CpuLimits CpuLimitsOf(const std::string& path) override {
    return fake_.CpuLimitsOf(path);
  }
  uint64_t MemoryReservationOf(const std::string& path) override {
    return fake_.MemoryReservationOf(path);
  }

 private:
  FakeCgroups fake_;
  std::set<pid_t> running_;
  pid_t last_ = 100;
};

CgroupWorldFactory FakeOf(cgroup::Layout layout) {
  return [layout] { return std::make_unique<FakeCgroupWorld>(layout); };
}

INSTANTIATE_TEST_SUITE_P(Fake, CgroupContract,
                         testing::Values(FakeOf(cgroup::Layout::kV1),
                                         FakeOf(cgroup::Layout::kHybrid),
                                         FakeOf(cgroup::Layout::kV2)));

TEST(FakeCgroups, TellsWhatExists) {
  FakeCgroups fake;
  EXPECT_EQ(fake.Dump(), "");
  fake.Put(7, "/isulad/a");
  fake.Put(8, "/isulad/a/b");
  ASSERT_OK(fake.SetMemoryLimit("/isulad/a", 4096, 8192));
  ASSERT_OK(fake.SetCpuLimits("/isulad/a/b", {.shares = 2, .quota = 3, .cpus = "0-1"}));
  ASSERT_OK(fake.Freeze("/isulad/a", kNoTime));
  EXPECT_EQ(fake.Dump(),
            "cgroup /isulad/a pid 7 frozen memory 4096 memory+swap 8192\n"
            "cgroup /isulad/a/b pid 8 shares 2 quota 3/100000 cpus 0-1\n");
  fake.Destroy("/isulad/a");
  EXPECT_EQ(fake.Dump(), "") << "nobody has asked for the parent";
}

TEST(FakeCgroups, CannotEndWhatIsUnkillable) {
  FakeCgroups fake;
  std::vector<pid_t> killed;
  fake.set_on_kill([&](pid_t pid) { killed.push_back(pid); });
  fake.Put(7, "/a");
  fake.Put(8, "/a");
  fake.MakeUnkillable(8);
  EXPECT_THAT(fake.Kill("/a"), IsErrorWith(Code::kDeadlineExceeded, "do not die"));
  EXPECT_THAT(killed, ElementsAre(7));
  EXPECT_THAT(fake.Remove("/a", kNoTime), IsErrno(EBUSY));
  fake.Leave(8);
  EXPECT_OK(fake.Kill("/a"));
  EXPECT_OK(fake.Remove("/a", kNoTime));
  EXPECT_EQ(fake.Dump(), "");
}

TEST(FakeCgroups, CannotFreezeWhatIsUnfreezable) {
  FakeCgroups fake;
  fake.Put(7, "/a/b");
  fake.MakeUnfreezable(7);
  EXPECT_THAT(fake.Freeze("/a", kNoTime), IsErrorWith(Code::kDeadlineExceeded, "did not freeze"));
  EXPECT_EQ(*fake.Freezer("/a"), cgroup::FreezerState::kThawed);
}

TEST(FakeCgroups, LacksAControllerThatWasTakenAway) {
  FakeCgroups fake(nullptr, cgroup::Layout::kV1);
  fake.Make("/a");
  fake.TakeAway("memory");
  fake.TakeAway("freezer");
  EXPECT_FALSE(fake.HasController("memory"));
  EXPECT_THAT(fake.Memory("/a"), IsErrorWith(Code::kFailedPrecondition, "memory"));
  EXPECT_THAT(fake.Freeze("/a", kNoTime), IsErrorWith(Code::kFailedPrecondition, "freezer"));
  EXPECT_THAT(fake.Thaw("/a"), IsErrorWith(Code::kFailedPrecondition, "freezer"));
  EXPECT_FALSE(fake.Usage("/a")->memory.has_value());
  EXPECT_OK(fake.SetCpuLimits("/a", {.shares = 2}));
}

TEST(FakeCgroups, FailsOnceAndChangesNothingThen) {
  Steps steps;
  FakeCgroups fake(&steps);
  fake.Put(7, "/a");
  steps.FailStep(1);
  EXPECT_OK(fake.Processes("/a"));
  EXPECT_THAT(fake.Kill("/a"), IsErrorWith(Code::kInternal, "injected into cgroup Kill"));
  EXPECT_EQ(fake.Dump(), "cgroup /a pid 7\n");
  EXPECT_OK(fake.Kill("/a"));
  EXPECT_THAT(steps.taken(), ElementsAre("cgroup Processes", "cgroup Kill", "cgroup Kill"));
}

}  // namespace
}  // namespace isulad::test
