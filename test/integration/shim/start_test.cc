// How a start fails or is given up.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <string>

#include "integration/shim/shim_fixture.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::shim {
namespace {

using ::testing::HasSubstr;

class MonitorStart : public ShimTest {
 protected:
  std::string ReasonOf(const std::string& script) {
    Config config = BaseConfig();
    config.start_command = Shell(script);
    const auto failed = Launch(config)->AwaitStartFailed();
    EXPECT_TRUE(failed);
    return failed ? failed->reason : "";
  }
};

TEST_F(MonitorStart, PassesTheRuntimesLogOnWhenItFails) {
  const std::string line = "{\"level\":\"error\",\"msg\":\"no such thing\"}\n";
  EXPECT_EQ(ReasonOf("echo other >&2; echo '" + line.substr(0, line.size() - 1) + "' > " +
                     dir_.Sub("monitor/runtime.log") + "; exit 1"),
            line);
  EXPECT_FALSE(os::PathExists(dir_.Sub("exit")));
}

TEST_F(MonitorStart, PassesOnWhatTheRuntimePrintedWhenItsLogIsEmpty) {
  EXPECT_EQ(ReasonOf("echo unknown option >&2; exit 1"), "unknown option\n");
}

TEST_F(MonitorStart, SaysHowTheRuntimeEndedWhenItSaidNothing) {
  EXPECT_EQ(ReasonOf("exit 3"), "the runtime ended with status 3");
  ASSERT_TRUE(AwaitMonitorGone());
  EXPECT_EQ(ReasonOf("kill -9 $$"), "the runtime was ended by signal 9");
}

TEST_F(MonitorStart, FailsWhenTheRuntimeDoesNotExist) {
  Config config = BaseConfig();
  config.start_command = {"/nonexistent/runtime", "run"};
  const auto failed = Launch(config)->AwaitStartFailed();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->reason, HasSubstr("/nonexistent/runtime"));
}

TEST_F(MonitorStart, FailsWhenTheRuntimeWritesNoPid) {
  EXPECT_THAT(ReasonOf("exit 0"), HasSubstr("init.pid"));
}

TEST_F(MonitorStart, FailsWhenThePidFileHoldsNoPid) {
  EXPECT_THAT(ReasonOf("echo 0 > " + dir_.Sub("monitor/init.pid")), HasSubstr("pid file"));
}

TEST_F(MonitorStart, FailsWhenTheProcessDoesNotBecomeItsChild) {
  os::SpawnOptions options;
  options.program = "/bin/sleep";
  options.argv = {"sleep", "1000"};
  ASSERT_OK_AND_ASSIGN(const os::Process ours, os::Spawn(options));
  EXPECT_THAT(ReasonOf("echo " + std::to_string(ours.pid) + " > " + dir_.Sub("monitor/init.pid")),
              HasSubstr("did not become a child"));
  ASSERT_OK_AND_ASSIGN(const os::ExitStatus status, os::WaitForExit(ours.pidfd));
  EXPECT_EQ(status.signal, SIGKILL);
}

TEST_F(MonitorStart, WaitsForAParentThatOutlivesTheRuntime) {
  Config config = BaseConfig();
  // The program ends when its parent has: a parent that lives would reap it, and its end be lost.
  config.start_command = Shell(
      "/bin/sh -c '/bin/sh -c \"while kill -0 \\$1 2>/dev/null; do :; done\" sh $$ & echo $! > " +
      dir_.Sub("monitor/init.pid") + "; sleep 0.1; exit 1' & while ! test -s " +
      dir_.Sub("monitor/init.pid") + "; do :; done");
  auto events = Launch(config);
  EXPECT_TRUE(events->AwaitStarted());
  const auto exited = events->AwaitExited();
  ASSERT_TRUE(exited);
  EXPECT_EQ(exited->code, 0);
}

TEST_F(MonitorStart, KillsTheRuntimeWithItsChildrenWhenItIsGivenUp) {
  Config config = BaseConfig();
  // One beside it, one in a session of its own, and an orphan.
  const std::string child = "/bin/sh -c 'sleep 1000; :' $0 &";  // which has the test's id
  config.start_command = Shell(child + " setsid " + child + " (" + child + "); echo up > " +
                               dir_.Sub("up") + "; wait");
  const auto events = Launch(config);
  ASSERT_TRUE(AwaitFile("up"));
  Abandon(*events);
  EXPECT_FALSE(os::PathExists(dir_.Sub("monitor/shim.sock")));
  // TearDown() sees that nothing is left running.
}

TEST_F(MonitorStart, FailsWhenTheLogCannotBeWritten) {
  Config config = BaseConfig();
  config.log_path = dir_.Sub("none/json.log");
  config.start_command = FakeRuntime("exit 0");
  const auto failed = Launch(config)->AwaitStartFailed();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->reason, HasSubstr("none/json.log"));
}

TEST_F(MonitorStart, FailsWhenTheRuntimeHandsOverNoTerminal) {
  Config config = BaseConfig();
  config.terminal = true;
  config.start_command = FakeRuntime("exec sleep 1000");
  const auto failed = Launch(config)->AwaitStartFailed();
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->reason, HasSubstr("terminal"));
  // TearDown() sees that the process was not left running.
}

TEST_F(MonitorStart, RefusesAProgramThatDoesNotExist) {
  EXPECT_THAT(CreateLauncher({"/nonexistent/isulad-shim", -1, {}}, loop_.get()),
              test::IsErrorWith(Code::kNotFound, "/nonexistent/isulad-shim"));
}

}  // namespace
}  // namespace isulad::shim
