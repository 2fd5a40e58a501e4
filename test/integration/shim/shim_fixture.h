// Runs the real isulad-shim through the daemon's launcher, with observers that can be waited for.
#ifndef ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_
#define ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_

#include <gtest/gtest.h>
#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "daemon/modules/shim/monitor.h"
#include "shim_protocol/messages.h"
#include "support/fakes/monitor_events.h"
#include "support/temp_dir.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"

namespace isulad::shim {

using test::kAttachAll;
using test::kAttachOutput;
using test::kPatience;
using Events = test::MonitorEvents;
using Client = test::StreamsClient;

// A daemon's launcher on a loop of its own, and one monitor of it that runs scripts.
class ShimYard {
 protected:
  // Each fails the test where something is not as it should be.
  void OpenYard();
  // Nothing of the monitor may be left, nor of what it has started.
  void CloseYard();

  // A configuration with the directory, id, log and exit record of this test.
  Config BaseConfig();
  // The same without log and record, as for an exec.
  Config ExecConfig();
  // A start command that does what runtimes do: forks `program` (of a shell), writes its pid and
  // ends.
  std::vector<std::string> FakeRuntime(const std::string& program);
  std::vector<std::string> Shell(const std::string& script);

  std::shared_ptr<Events> Launch(const Config& config);
  // `directory`: of the monitor, below the test's.
  std::shared_ptr<Client> Attach(const struct Attach& what, bool stalled = false,
                                 const std::string& directory = "monitor");
  // As if the daemon were killed: its connections end, its monitors go on.
  void KillDaemon();
  void StartDaemon();

  // The monitor's pid, by its command line.
  std::optional<pid_t> MonitorPid();
  bool AwaitMonitorGone();
  // Waits until there is the file `name` in the test's directory.
  bool AwaitFile(const std::string& name);
  // Gives the start up and waits until the monitor, which tells `events`, has ended.
  void Abandon(Events& events);
  std::string Read(const std::string& name);
  std::string Log();  // texts of all entries of standard output, joined
  Result<Exited> Record();

  const test::TempDir dir_;
  std::string id_;
  std::unique_ptr<os::EventLoop> loop_;
  std::thread loop_thread_;
  std::unique_ptr<Launcher> launcher_;
  std::shared_ptr<Monitor> monitor_;
};

class ShimTest : public testing::Test, protected ShimYard {
 protected:
  void SetUp() override { OpenYard(); }
  void TearDown() override { CloseYard(); }
};

}  // namespace isulad::shim

#endif  // ISULAD_TEST_INTEGRATION_SHIM_SHIM_FIXTURE_H_
