#include "utils/os/host_shutdown.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <utmpx.h>

#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

class HostIsGoingDownTest : public testing::Test {
 protected:
  void WriteFile(const std::string& path, const std::string& text, mode_t mode) {
    ASSERT_OK(WriteFileAtomic(path, text, mode, Sync::kNone));
  }
  // systemd runs, and its systemctl is a script.
  void Boot(const std::string& script) {
    ASSERT_OK(MakeDirectories(init_.systemd_directory, 0755));
    WriteFile(init_.systemctl, "#!/bin/sh\n" + script + "\n", 0755);
  }
  static std::string Record(short type, pid_t pid) {
    utmpx record = {};
    record.ut_type = type;
    record.ut_pid = pid;
    return std::string(reinterpret_cast<const char*>(&record), sizeof(record));
  }
  void RunLevel(char level, char previous) {
    WriteFile(
        init_.utmp,
        Record(BOOT_TIME, 0) + Record(RUN_LVL, level | previous << 8) + Record(USER_PROCESS, 7),
        0644);
  }

  test::TempDir directory_;
  InitSystem init_{directory_.path() + "/system", directory_.path() + "/systemctl",
                   directory_.path() + "/utmp"};
};

TEST_F(HostIsGoingDownTest, BelievesSystemd) {
  Boot("[ \"$1\" = is-system-running ] && echo stopping; exit 1");
  EXPECT_TRUE(HostIsGoingDown(init_));
}

TEST_F(HostIsGoingDownTest, SaysNoWhereSystemdSaysAnythingElse) {
  for (const std::string state : {"running", "degraded", "starting", "", "not stopping"}) {
    Boot("echo '" + state + "'");
    EXPECT_FALSE(HostIsGoingDown(init_)) << state;
  }
}

TEST_F(HostIsGoingDownTest, DoesNotLookAtTheRunLevelWhereSystemdRuns) {
  Boot("echo running");
  RunLevel('6', '5');
  EXPECT_FALSE(HostIsGoingDown(init_));
}

TEST_F(HostIsGoingDownTest, SaysNoWhereSystemctlCannotBeRun) {
  ASSERT_OK(MakeDirectories(init_.systemd_directory, 0755));
  EXPECT_FALSE(HostIsGoingDown(init_));
}

TEST_F(HostIsGoingDownTest, KnowsTheRunLevelsOfHaltAndReboot) {
  RunLevel('0', '2');
  EXPECT_TRUE(HostIsGoingDown(init_));
  RunLevel('6', '2');
  EXPECT_TRUE(HostIsGoingDown(init_));
  for (const char level : {'1', '2', '5', 'S'}) {
    RunLevel(level, '0');
    EXPECT_FALSE(HostIsGoingDown(init_)) << level;
  }
}

TEST_F(HostIsGoingDownTest, SaysNoWithoutAnInitThatTells) {
  EXPECT_FALSE(HostIsGoingDown(init_));
  WriteFile(init_.utmp, "too short", 0644);
  EXPECT_FALSE(HostIsGoingDown(init_));
}

}  // namespace
}  // namespace isulad::os
