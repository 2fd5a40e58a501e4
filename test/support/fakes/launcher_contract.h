// What every launcher promises, with its monitors and streams, as one suite for all of them: a test
// program links launcher_*contract.cc and instantiates LauncherContract with a factory.
#ifndef ISULAD_TEST_SUPPORT_FAKES_LAUNCHER_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_FAKES_LAUNCHER_CONTRACT_H_

#include <gtest/gtest.h>
#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>

#include "daemon/modules/shim/monitor.h"
#include "support/fakes/monitor_events.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::test {

// A daemon's launcher on a running loop, and one directory for monitors, with what others can do to
// them.
class LauncherHost {
 public:
  // What the start command comes to.
  enum class Program {
    kExits,       // with 7
    kWaits,       // for a signal that ends it
    kFails,       // to start, and says "no way"
    kHangs,       // in the start
    kPrints,      // "out\n", and "err\n" to standard error
    kPrintsMuch,  // kMuch
    kCopies,      // its input to its output, and ends with it
  };

  virtual ~LauncherHost() = default;
  virtual shim::Launcher& launcher() = 0;
  virtual os::EventLoop& loop() = 0;
  // The configuration for the next launch: with an exit record or, for an exec, without.
  virtual shim::Config Container(Program program) = 0;
  virtual shim::Config Exec(Program program) = 0;
  // Until the start of a kHangs is under way.
  virtual bool AwaitHanging() = 0;
  // Whether there has been a process at all.
  virtual bool HasBegun() = 0;
  // The launcher is gone, and its loop.
  virtual void KillDaemon() = 0;
  virtual void StartDaemon() = 0;
  virtual void KillMonitor() = 0;  // and waits until it is dead
  virtual bool HasProcess(pid_t pid) = 0;
  virtual bool AwaitProcessGone(pid_t pid) = 0;
  virtual void KillProcess(pid_t pid) = 0;
  // Until the monitor has ended.
  virtual bool AwaitMonitorGone() = 0;
  // Ends the test: no monitor is left by now, nor anything that it has started.
  virtual void Close() = 0;
};

// What kPrintsMuch prints: more than is read at once, less than a monitor queues for a client.
std::string MuchOutput();
inline constexpr int kMuchLines = 50'000;

using LauncherHostFactory = std::function<std::unique_ptr<LauncherHost>()>;

class LauncherContract : public ::testing::TestWithParam<LauncherHostFactory> {
 protected:
  using Program = LauncherHost::Program;

  LauncherContract() : host_(GetParam()()) {}
  void TearDown() override {
    monitor_.reset();
    host_->Close();
  }

  // The monitor goes to monitor_.
  std::shared_ptr<MonitorEvents> Launch(const shim::Config& config);
  std::shared_ptr<StreamsClient> Attach(const shim::Config& config, const shim::Attach& what,
                                        bool stalled = false);
  // An exec with a client attached from the first byte on.
  std::shared_ptr<StreamsClient> Run(Program program, const shim::Attach& what,
                                     bool stalled = false);
  void KillDaemon();  // lets go of all that was launched before
  // All that was told to the loop by now has been delivered.
  void PassLoop();
  Status Signal(int signal);
  void EndByKill(MonitorEvents& events);  // what still runs
  Result<shim::Exited> Record(const shim::Config& config) const;

  const std::unique_ptr<LauncherHost> host_;
  std::shared_ptr<shim::Monitor> monitor_;
  std::shared_ptr<MonitorEvents> events_;  // of Run()
  shim::Config exec_;                      // of Run()
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_LAUNCHER_CONTRACT_H_
