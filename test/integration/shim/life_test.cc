// The life of a container under a monitor, with a shell script in the runtime's place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "integration/shim/shim_fixture.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::shim {
namespace {

using ::testing::HasSubstr;

class MonitorLife : public ShimTest {};

TEST_F(MonitorLife, RecordsTheExitInTheSparePlaceWhereTheFirstOneCannotBeWritten) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("exit 7");
  config.exit_record_path = "/dev/full/exit";
  config.exit_record_spare_path = dir_.Sub("spare");
  ASSERT_TRUE(Launch(config)->AwaitExited());
  ASSERT_OK_AND_ASSIGN(const Exited record, DecodeExitRecord(Read("spare")));
  EXPECT_EQ(record.code, 7);
  const std::string notes = dir_.Sub("monitor/") + kMonitorLogName;
  EXPECT_THAT(os::ReadFile(notes).value_or(""), HasSubstr("/dev/full"));
  ::unlink(notes.c_str());
}

TEST_F(MonitorLife, WritesNothingToTheSparePlaceOtherwise) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("exit 7");
  config.exit_record_spare_path = dir_.Sub("spare");
  ASSERT_TRUE(Launch(config)->AwaitExited());
  EXPECT_OK(Record());
  EXPECT_FALSE(os::PathExists(dir_.Sub("spare")));
}

TEST_F(MonitorLife, KeepsTheStatusOfAProcessThatEndedBeforeTheRuntime) {
  Config config = BaseConfig();
  config.start_command = Shell("/bin/sh -c 'sleep 0.1; exit 5' & echo $! > " +
                               dir_.Sub("monitor/init.pid") + "; exec sleep 0.3");
  const auto exited = Launch(config)->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 5);
}

TEST_F(MonitorLife, WritesOutputOfBothStreamsToTheLog) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("echo out; echo err >&2; printf rest");
  ASSERT_TRUE(Launch(config)->AwaitExited());
  const std::string log = Log();
  EXPECT_THAT(log, HasSubstr("{\"log\":\"out\\n\",\"stream\":\"stdout\",\"time\":\""));
  EXPECT_THAT(log, HasSubstr("{\"log\":\"err\\n\",\"stream\":\"stderr\",\"time\":\""));
  EXPECT_THAT(log, HasSubstr("{\"log\":\"rest\",\"stream\":\"stdout\",\"time\":\""));
}

TEST_F(MonitorLife, RotatesTheLog) {
  Config config = BaseConfig();
  config.log_max_bytes = 1000;
  config.log_max_files = 2;
  config.start_command = FakeRuntime("seq 1 100");
  ASSERT_TRUE(Launch(config)->AwaitExited());
  EXPECT_THAT(Log(), HasSubstr("\"100\\n\""));
  EXPECT_LE(Log().size(), 1000u);
  EXPECT_THAT(Read("json.log.1"), HasSubstr("{\"log\":\""));
  EXPECT_FALSE(os::PathExists(dir_.Sub("json.log.2")));
}

TEST_F(MonitorLife, LeavesNoZombieWhileTheProcessRuns) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("/bin/sh -c \"sleep 0.05 & exit 4\"; exec sleep 1000");
  auto events = Launch(config);
  const auto started = events->AwaitStarted();
  ASSERT_TRUE(started);
  const std::string monitor = std::to_string(MonitorPid().value_or(0));
  const std::string only_child = std::to_string(started->pid) + " ";
  const std::string children = "/proc/" + monitor + "/task/" + monitor + "/children";
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (os::ReadFile(children).value_or("") != only_child &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(os::ReadFile(children).value_or(""), only_child);
  monitor_->Signal(SIGKILL, [](const Status&) {});
  EXPECT_TRUE(events->AwaitExited());
}

TEST_F(MonitorLife, EndsThoughAnotherProcessKeepsTheOutputOpen) {
  Config config = ExecConfig();
  config.start_command = FakeRuntime("sleep 1000 & echo $!; exit 2");
  config.wait_for_attach = true;
  auto events = Launch(config);
  auto client = Attach(kAttachOutput);
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 2);
  const auto output = client->AwaitEnd();
  ASSERT_TRUE(output);
  EXPECT_EQ(::kill(std::stoi(*output), SIGKILL), 0);
}

TEST_F(MonitorLife, WritesLogAndRecordThoughTheDaemonIsDead) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("sleep 0.2; echo alone; exit 9");
  ASSERT_TRUE(Launch(config)->AwaitStarted());
  KillDaemon();
  ASSERT_TRUE(AwaitMonitorGone());
  ASSERT_OK_AND_ASSIGN(const Exited record, Record());
  EXPECT_EQ(record.code, 9);
  EXPECT_THAT(Log(), HasSubstr("alone\\n"));

  StartDaemon();
  auto late = launcher_->Reconnect(dir_.Sub("monitor"), std::make_shared<Events>());
  EXPECT_THAT(late, test::IsErrorWith(Code::kNotFound, "shim.sock"));
}

// A process that ends has lost its name a moment before it leaves its cgroup.
bool RemoveLeftCgroup(const std::string& cgroup) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (::rmdir(cgroup.c_str()) != 0) {
    if (errno != EBUSY || std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

TEST_F(MonitorLife, MovesIntoItsOwnCgroup) {
  // A cgroup v2 hierarchy or, where there is none, one of v1.
  const bool unified = os::PathExists("/sys/fs/cgroup/cgroup.procs");
  const std::string cgroup =
      std::string(unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids") + "/isulad-shim-test-" + id_;
  Config config = BaseConfig();
  config.own_cgroups = {cgroup + "/monitor"};
  config.v1_tasks = !unified;
  config.start_command = FakeRuntime("exec sleep 1000");
  auto events = Launch(config);
  ASSERT_TRUE(events->AwaitStarted());
  EXPECT_THAT(
      os::ReadFile("/proc/" + std::to_string(MonitorPid().value_or(0)) + "/cgroup").value_or(""),
      HasSubstr("/isulad-shim-test-" + id_ + "/monitor\n"));
  monitor_->Signal(SIGKILL, [](const Status&) {});
  EXPECT_TRUE(events->AwaitExited());
  EXPECT_TRUE(AwaitMonitorGone());
  EXPECT_TRUE(RemoveLeftCgroup(cgroup + "/monitor"));
  EXPECT_TRUE(RemoveLeftCgroup(cgroup));
}

// Version 2, beside version 1, has no `tasks`.
TEST_F(MonitorLife, MovesIntoBothTreesOfAHybridHost) {
  const std::string name = "/isulad-shim-test-" + id_;
  const std::vector<std::string> cgroups = {"/sys/fs/cgroup/unified" + name,
                                            "/sys/fs/cgroup/pids" + name};
  if (!os::PathExists("/sys/fs/cgroup/unified/cgroup.procs")) {
    GTEST_SKIP() << "this host is not a hybrid one";
  }
  Config config = BaseConfig();
  config.own_cgroups = cgroups;
  config.v1_tasks = true;
  config.start_command = FakeRuntime("exec sleep 1000");
  auto events = Launch(config);
  ASSERT_TRUE(events->AwaitStarted());
  const std::string memberships =
      os::ReadFile("/proc/" + std::to_string(MonitorPid().value_or(0)) + "/cgroup").value_or("");
  EXPECT_THAT(memberships, HasSubstr("0::" + name + "\n"));
  EXPECT_THAT(memberships, HasSubstr(":pids:" + name + "\n"));
  monitor_->Signal(SIGKILL, [](const Status&) {});
  EXPECT_TRUE(events->AwaitExited());
  EXPECT_TRUE(AwaitMonitorGone());
  for (const std::string& cgroup : cgroups) {
    EXPECT_TRUE(RemoveLeftCgroup(cgroup));
  }
}

TEST_F(MonitorLife, StartsAndSaysSoWhenItsCgroupCannotBeJoined) {
  Config config = BaseConfig();
  config.own_cgroups = {"/proc/isulad-no-such-cgroup"};
  config.start_command = FakeRuntime("exit 0");
  EXPECT_TRUE(Launch(config)->AwaitExited());
  EXPECT_THAT(Read("monitor/monitor.log"), HasSubstr("/proc/isulad-no-such-cgroup"));
  EXPECT_EQ(::unlink(dir_.Sub("monitor/monitor.log").c_str()), 0);  // TearDown() expects none
}

TEST_F(MonitorLife, IsNotEndedByStopSignals) {
  Config config = BaseConfig();
  config.start_command = FakeRuntime("exec sleep 1000");
  auto events = Launch(config);
  ASSERT_TRUE(events->AwaitStarted());
  const auto monitor = MonitorPid();
  ASSERT_TRUE(monitor);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE}) {
    EXPECT_EQ(::kill(*monitor, signal), 0);
  }
  monitor_->Signal(SIGKILL, [](const Status&) {});
  EXPECT_TRUE(events->AwaitExited());
}

}  // namespace
}  // namespace isulad::shim
