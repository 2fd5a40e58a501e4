// pause and unpause, and stop of a paused container, over a freezer of plain files: version 2,
// whose cgroup.events the test writes.
#include "daemon/modules/container/pause.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/stop.h"
#include "daemon/modules/store/store.h"
#include "fake_monitor.h"
#include "sample.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;
using Lines = std::vector<std::string>;

class PauseTest : public testing::Test {
 protected:
  PauseTest() {
    Write("cgroup.controllers", "cpu\n");
    store_ = *store::OpenStore(directory_.Sub("graph"), directory_.Sub("spare"));
    cgroups_ = *cgroup::OpenHierarchy(directory_.Sub("cgroup"));
    Settings settings;
    settings.cgroup_parent = "/parent";
    Modules modules;
    loop_ = *os::EventLoop::Create();
    modules.loop = loop_.get();
    modules.store = store_.get();
    modules.cgroups = cgroups_.get();
    context_ = std::make_unique<Context>(std::move(settings), std::move(modules));
    EXPECT_OK(store_->Create(IdOf('a'), json::Object(), {}, os::Sync::kNone));
  }

  // A container in `phase`, whose freezer is as the kernel would show it.
  std::shared_ptr<Container> Make(Phase phase, bool frozen) {
    State state;
    state.phase = phase;
    Freezer(frozen);
    ContainerConfig config = MinimalConfig(IdOf('a'), "web");
    config.stop_signal = SIGTERM;
    auto container = std::make_shared<Container>(std::move(config), state);
    container->SetMonitor(std::make_shared<FakeMonitor>([this](int signal) {
      done_.push_back("signal " + std::to_string(signal) + (Asked() ? " frozen" : " thawed"));
      return OkStatus();
    }));
    return container;
  }

  void Freezer(bool frozen) {
    Write(cgroup_ + "/cgroup.freeze", frozen ? "1\n" : "0\n");
    Write(cgroup_ + "/cgroup.events",
          frozen ? "populated 1\nfrozen 1\n" : "populated 1\nfrozen 0\n");
  }
  // Sets what the kernel reports once a freeze is asked for.
  void FreezesAtOnce() { Write(cgroup_ + "/cgroup.events", "populated 1\nfrozen 1\n"); }
  bool Asked() const {
    return Read(directory_.Sub("cgroup/" + cgroup_ + "/cgroup.freeze"))[0] == '1';
  }
  std::string Saved() const { return Read(store_->DirectoryOf(IdOf('a')) + "/state.json"); }

  void Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = directory_.Sub("cgroup/" + name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const std::string cgroup_ = "parent/" + IdOf('a');
  test::TempDir directory_;
  std::unique_ptr<os::EventLoop> loop_;  // for timers, none of which fires
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::unique_ptr<Context> context_;
  Lines done_;
};

TEST_F(PauseTest, FreezesAndRecordsIt) {
  const auto container = Make(Phase::kRunning, false);
  FreezesAtOnce();
  EXPECT_OK(Pause(*context_, container));
  EXPECT_TRUE(Asked());
  EXPECT_EQ(container->state().phase, Phase::kPaused);
  EXPECT_THAT(Saved(), testing::HasSubstr("\"paused\""));
}

TEST_F(PauseTest, ThawsAndRecordsIt) {
  const auto container = Make(Phase::kPaused, true);
  EXPECT_OK(Unpause(*context_, container));
  EXPECT_FALSE(Asked());
  EXPECT_EQ(container->state().phase, Phase::kRunning);
  EXPECT_THAT(Saved(), testing::HasSubstr("\"running\""));
}

TEST_F(PauseTest, TouchesNothingThatTheTableRefuses) {
  for (const Phase phase :
       {Phase::kCreated, Phase::kStarting, Phase::kRestarting, Phase::kExited, Phase::kRemoving}) {
    const auto container = Make(phase, false);
    EXPECT_THAT(Pause(*context_, container), IsErrorWith(Code::kFailedPrecondition, "\"web\": is"));
    EXPECT_FALSE(Asked());
    EXPECT_THAT(Unpause(*context_, container),
                IsErrorWith(Code::kFailedPrecondition, "\"web\": is"));
  }
  EXPECT_THAT(Pause(*context_, Make(Phase::kPaused, true)),
              IsErrorWith(Code::kFailedPrecondition, "is paused already"));
  EXPECT_THAT(Unpause(*context_, Make(Phase::kRunning, false)),
              IsErrorWith(Code::kFailedPrecondition, "is not paused"));
}

TEST_F(PauseTest, FindsACgroupThatIsGoneNotRunning) {
  const auto container = Make(Phase::kRunning, false);
  std::filesystem::remove_all(directory_.Sub("cgroup/parent"));
  EXPECT_THAT(Pause(*context_, container),
              IsErrorWith(Code::kFailedPrecondition, "\"web\" is not running"));
  EXPECT_EQ(container->state().phase, Phase::kRunning);
}

TEST_F(PauseTest, BelievesTheKernelAfterARestartOfTheDaemon) {
  const auto frozen = Make(Phase::kRunning, true);
  RecoverPause(*context_, *frozen);
  EXPECT_EQ(frozen->state().phase, Phase::kPaused);
  EXPECT_THAT(Saved(), testing::HasSubstr("\"paused\""));
  const auto thawed = Make(Phase::kPaused, false);
  RecoverPause(*context_, *thawed);
  EXPECT_EQ(thawed->state().phase, Phase::kRunning);
  EXPECT_THAT(Saved(), testing::HasSubstr("\"running\""));
}

TEST_F(PauseTest, TakesAFreezeBackThatADeadDaemonHadBegun) {
  const auto container = Make(Phase::kRunning, false);
  Write(cgroup_ + "/cgroup.freeze", "1\n");
  RecoverPause(*context_, *container);
  EXPECT_FALSE(Asked());
  EXPECT_EQ(container->state().phase, Phase::kRunning);
}

TEST_F(PauseTest, StopSendsTheSignalBeforeItLetsAPausedContainerGoOn) {
  const auto container = Make(Phase::kPaused, true);
  container->InterruptWaits();  // as a daemon does that ends, so that the end is not waited for
  EXPECT_THAT(Await(Stop(*context_, container, 1, /*force=*/false)),
              IsErrorWith(Code::kAborted, "the daemon is ending"));
  EXPECT_EQ(done_, Lines{"signal 15 frozen"});
  EXPECT_FALSE(Asked());
  EXPECT_EQ(container->state().phase, Phase::kRunning);
}

TEST_F(PauseTest, KillEndsThePauseOnlyWithSigkill) {
  const auto container = Make(Phase::kPaused, true);
  EXPECT_OK(Kill(*context_, container, SIGTERM));
  EXPECT_EQ(container->state().phase, Phase::kPaused);
  EXPECT_TRUE(Asked());
  EXPECT_OK(Kill(*context_, container, SIGKILL));
  EXPECT_EQ(container->state().phase, Phase::kRunning);
  EXPECT_FALSE(Asked());
  EXPECT_EQ(done_, (Lines{"signal 15 frozen", "signal 9 frozen"}));
}

TEST_F(PauseTest, KillThawsWhatSomebodyElseHasFrozen) {
  const auto container = Make(Phase::kRunning, true);
  EXPECT_OK(Kill(*context_, container, SIGKILL));
  EXPECT_FALSE(Asked());
}

}  // namespace
}  // namespace isulad::container
