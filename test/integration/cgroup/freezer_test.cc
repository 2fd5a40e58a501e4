// The freezer of this machine's own hierarchies: on a hybrid host both versions'.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <thread>

#include "daemon/modules/cgroup/cgroup.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::cgroup {
namespace {

constexpr std::chrono::seconds kTimeout(5);
// A frozen process is watched for so long.
constexpr int kStillMs = 100;
constexpr int kSoonMs = 10'000;
// Has this program exec itself again and again, each time with threads.
constexpr char kExecForEver[] = "--exec-for-ever";

class FreezerIntegrationTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
    auto hierarchy = OpenHierarchy(GetParam());
    if (!hierarchy) {
      GTEST_SKIP() << hierarchy.error().message();
    }
    hierarchy_ = *std::move(hierarchy);
    path_ = "/isulad-test-freezer-" + std::to_string(::getpid());
    directory_ = std::string(GetParam()) + (v2() ? "" : "/freezer") + path_;
    std::filesystem::create_directories(directory_ + "/child");
  }

  void TearDown() override {
    if (hierarchy_ != nullptr) {
      EXPECT_OK(hierarchy_->Kill(path_));
      EXPECT_OK(hierarchy_->Remove(path_, kTimeout));
    }
  }

  bool v2() const { return hierarchy_->layout() == Layout::kV2; }

  // A shell in the cgroup's child that writes and forks without end.
  os::Process StartBusy() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    ticks_.reset(ends[0]);
    const os::UniqueFd write_end(ends[1]);
    os::SpawnOptions options;
    options.program = "/bin/sh";
    options.argv = {"sh", "-c",
                    "echo $$ >" + directory_ + "/child/cgroup.procs || exit 1\n" +
                        "while :; do /bin/true & echo tick >&3; wait; done 2>/dev/null"};
    options.env = {"PATH=/usr/bin:/bin"};
    options.descriptors = {{write_end.get(), 3}};
    auto process = os::Spawn(options);
    EXPECT_TRUE(process) << process.error().message();
    EXPECT_TRUE(TicksWithin(kSoonMs));
    return *std::move(process);
  }

  // Whether it writes something from now on.
  bool TicksWithin(int timeout_ms) {
    std::array<char, 4096> passed;
    while (::read(ticks_.get(), passed.data(), passed.size()) > 0) {
    }
    pollfd polled{ticks_.get(), POLLIN, 0};
    return ::poll(&polled, 1, timeout_ms) == 1;
  }

  std::unique_ptr<Hierarchy> hierarchy_;
  std::string path_;
  std::string directory_;
  os::UniqueFd ticks_;
};

TEST_P(FreezerIntegrationTest, StopsWhatForksAndLetsItGoOn) {
  const os::Process process = StartBusy();
  for (int round = 0; round < 5; ++round) {
    ASSERT_OK(hierarchy_->Freeze(path_, kTimeout));
    EXPECT_EQ(*hierarchy_->Freezer(path_), FreezerState::kFrozen);
    EXPECT_FALSE(TicksWithin(kStillMs));
    ASSERT_OK(hierarchy_->Thaw(path_));
    EXPECT_EQ(*hierarchy_->Freezer(path_), FreezerState::kThawed);
    EXPECT_TRUE(TicksWithin(kSoonMs));
  }
  ASSERT_OK(hierarchy_->Kill(path_));
  EXPECT_OK(os::WaitForExit(process.pidfd));
}

TEST_P(FreezerIntegrationTest, FreezesACgroupThatHasNoProcess) {
  ASSERT_OK(hierarchy_->Freeze(path_, kTimeout));
  EXPECT_EQ(*hierarchy_->Freezer(path_), FreezerState::kFrozen);
  EXPECT_OK(hierarchy_->Thaw(path_));
}

TEST_P(FreezerIntegrationTest, LetsAKilledProcessDieAtTheLatestWhenThawed) {
  const os::Process process = StartBusy();
  ASSERT_OK(hierarchy_->Freeze(path_, kTimeout));
  ASSERT_OK(os::SendSignal(process.pidfd, SIGKILL));
  pollfd polled{process.pidfd.get(), POLLIN, 0};
  // Version 1 does not let it.
  EXPECT_EQ(::poll(&polled, 1, v2() ? kSoonMs : kStillMs), v2() ? 1 : 0);
  ASSERT_OK(hierarchy_->Thaw(path_));
  EXPECT_EQ(os::WaitForExit(process.pidfd)->signal, SIGKILL);
}

// The thread that execs waits for the others to die, which frozen ones do not on version 1.
TEST_P(FreezerIntegrationTest, IsNotHeldUpByThreadsThatAnExecWaitsFor) {
  constexpr int kRounds = 100;
  ASSERT_OK_AND_ASSIGN(const os::UniqueFd self, os::Open("/proc/self/exe", O_PATH));
  ASSERT_OK_AND_ASSIGN(const std::string program, os::DescriptorPath(self.get()));
  os::SpawnOptions options;
  options.program = "/bin/sh";
  options.argv = {"sh", "-c",
                  "echo $$ >" + directory_ + "/child/cgroup.procs && exec \"$0\" " + kExecForEver,
                  program};
  options.env = {"PATH=/usr/bin:/bin"};
  ASSERT_OK_AND_ASSIGN(const os::Process process, os::Spawn(options));
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_OK(hierarchy_->Freeze(path_, kTimeout)) << "in round " << round;
    ASSERT_OK(hierarchy_->Thaw(path_));
    ::poll(nullptr, 0, round % 7);  // so that it is met at different places
  }
  ASSERT_OK(hierarchy_->Kill(path_));
  EXPECT_OK(os::WaitForExit(process.pidfd));
}

INSTANTIATE_TEST_SUITE_P(Hierarchies, FreezerIntegrationTest,
                         ::testing::Values("/sys/fs/cgroup", "/sys/fs/cgroup/unified"));

int ExecForEver(char** argv) {
  constexpr int kThreads = 8;
  for (int i = 0; i < kThreads; ++i) {
    std::thread([] { ::pause(); }).detach();
  }
  ::execv("/proc/self/exe", argv);
  return 1;
}

}  // namespace
}  // namespace isulad::cgroup

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == isulad::cgroup::kExecForEver) {
    return isulad::cgroup::ExecForEver(argv);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
