// The real launcher and isulad-shim keep what the suite says, with a shell script in the runtime's
// place.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "integration/shim/shim_fixture.h"
#include "support/fakes/launcher_contract.h"
#include "utils/os/file.h"

namespace isulad::shim {
namespace {

class RealLauncherHost final : public test::LauncherHost, private ShimYard {
 public:
  RealLauncherHost() { OpenYard(); }

  Launcher& launcher() override { return *launcher_; }
  os::EventLoop& loop() override { return *loop_; }
  Config Container(Program program) override { return With(BaseConfig(), program); }
  Config Exec(Program program) override { return With(ExecConfig(), program); }
  bool AwaitHanging() override { return AwaitFile("up"); }
  bool HasBegun() override { return os::PathExists(dir_.Sub("monitor/") + kPidFileName); }
  void KillDaemon() override { ShimYard::KillDaemon(); }
  void StartDaemon() override { ShimYard::StartDaemon(); }
  void KillMonitor() override;
  bool HasProcess(pid_t pid) override;
  bool AwaitProcessGone(pid_t pid) override;
  void KillProcess(pid_t pid) override { EXPECT_EQ(::kill(pid, SIGKILL), 0); }
  bool AwaitMonitorGone() override { return ShimYard::AwaitMonitorGone(); }
  void Close() override { CloseYard(); }

 private:
  std::vector<std::string> Command(Program program);
  Config With(Config config, Program program) {
    config.start_command = Command(program);
    return config;
  }
};

std::vector<std::string> RealLauncherHost::Command(Program program) {
  switch (program) {
    case Program::kExits:
      return FakeRuntime("exit 7");
    case Program::kWaits:
      return FakeRuntime("exec sleep 1000");
    case Program::kFails:
      return Shell("echo no way >&2; exit 1");
    case Program::kHangs:
      // $0 is the test's id, by which what is left would be found.
      return Shell("/bin/sh -c 'sleep 1000; :' $0 & echo up > " + dir_.Sub("up") + "; wait");
    case Program::kPrints:
      return FakeRuntime("echo out; echo err >&2");
    case Program::kPrintsMuch:
      return FakeRuntime("seq 1 " + std::to_string(test::kMuchLines));
    case Program::kCopies:
      return FakeRuntime("exec cat");
  }
  return {};
}

// One that has ended may stay as a zombie for as long as whoever inherited it likes.
bool RealLauncherHost::HasProcess(pid_t pid) {
  const std::string stat =
      os::ReadFile("/proc/" + std::to_string(pid) + "/stat").value_or(std::string());
  const size_t name_end = stat.rfind(") ");
  return name_end != std::string::npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}

using test::LauncherContract;

bool RealLauncherHost::AwaitProcessGone(pid_t pid) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (HasProcess(pid)) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

// Its listener is closed a moment after the connection by whose end its daemon hears of it.
void RealLauncherHost::KillMonitor() {
  const pid_t monitor = MonitorPid().value_or(0);
  ASSERT_GT(monitor, 1);
  EXPECT_EQ(::kill(monitor, SIGKILL), 0);
  EXPECT_TRUE(AwaitProcessGone(monitor));
}

INSTANTIATE_TEST_SUITE_P(Real, LauncherContract, testing::Values(test::LauncherHostFactory([] {
                           return std::make_unique<RealLauncherHost>();
                         })));

}  // namespace
}  // namespace isulad::shim
