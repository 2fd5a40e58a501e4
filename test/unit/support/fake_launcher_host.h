// A daemon with a fake launcher, on a loop of its own thread.
#ifndef ISULAD_TEST_UNIT_SUPPORT_FAKE_LAUNCHER_HOST_H_
#define ISULAD_TEST_UNIT_SUPPORT_FAKE_LAUNCHER_HOST_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "support/fakes/fake_launcher.h"
#include "support/fakes/fake_shims.h"
#include "support/fakes/launcher_contract.h"
#include "support/fakes/steps.h"
#include "support/temp_dir.h"

namespace isulad::test {

class FakeLauncherHost final : public LauncherHost {
 public:
  FakeLauncherHost();
  ~FakeLauncherHost() override { KillDaemon(); }

  shim::Launcher& launcher() override { return *launcher_; }
  os::EventLoop& loop() override { return *loop_; }
  shim::Config Container(Program program) override;
  shim::Config Exec(Program program) override { return Exec(program, "monitor"); }
  bool AwaitHanging() override;
  bool HasBegun() override { return processes_ > 0; }
  void KillDaemon() override;
  void StartDaemon() override;
  void KillMonitor() override;
  bool HasProcess(pid_t pid) override { return shims_.HasProcess(pid); }
  bool AwaitProcessGone(pid_t pid) override { return !HasProcess(pid); }
  void KillProcess(pid_t pid) override;
  bool AwaitMonitorGone() override { return shims_.FindIn(dir_.Sub("monitor")) == nullptr; }
  void Close() override;

  // `directory`: of the monitor, below the host's; it is made.
  shim::Config Exec(Program program, const std::string& directory);
  FakeShims& shims() { return shims_; }
  Steps& steps() { return steps_; }
  const TempDir& dir() const { return dir_; }

 private:
  const TempDir dir_;
  std::atomic<int> processes_ = 0;  // that there have been
  FakeShims shims_;
  Steps steps_;
  std::unique_ptr<os::EventLoop> loop_;
  std::thread thread_;
  std::unique_ptr<FakeLauncher> launcher_;
};

inline constexpr char kFakeId[] = "fake";  // of its containers

}  // namespace isulad::test

#endif  // ISULAD_TEST_UNIT_SUPPORT_FAKE_LAUNCHER_HOST_H_
