// A monitor without a process: what isulad-shim is to the daemon, in memory.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIM_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIM_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shim_protocol/messages.h"
#include "support/fakes/fake_link.h"
#include "support/fakes/start_plan.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::test {

class FakeShims;

// Thread-safe. What it does it has done when the call returns, hooks and callbacks of the program
// included; what it tells comes to the observers on their loops. Nothing is called with a lock
// held.
class FakeShim final : public std::enable_shared_from_this<FakeShim> {
 public:
  FakeShim(FakeShims* shims, shim::Config config, StartPlan plan);

  // For tests. Those that end something say whether there was something to end.

  const shim::Config& config() const { return config_; }
  bool is_exec() const { return config_.exit_record_path.empty(); }
  bool own_pid_namespace() const { return plan_.own_pid_namespace; }
  pid_t pid() const EXCLUDES(mutex_);     // 0 before there is a process
  bool running() const EXCLUDES(mutex_);  // between the news of the start and the end
  // The process ends by itself. The end is recorded and told, where the monitor lives.
  bool EndProcess(int code) { return End({code, 0, 0}); }
  bool EndBySignal(int signal) { return End({0, signal, 0}); }
  // The monitor is killed: its process goes on, and its socket stays.
  bool Lose() EXCLUDES(mutex_);
  // The process writes.
  void WriteOutput(bool error, const std::string& bytes) EXCLUDES(mutex_);
  // The monitor lets go of all clients that are attached, and goes on.
  void CutStreams() EXCLUDES(mutex_);
  void Ignore(int signal) EXCLUDES(mutex_);
  // What has come from clients.
  std::vector<int> signals() const EXCLUDES(mutex_);
  std::string input() const EXCLUDES(mutex_);
  bool input_closed() const EXCLUDES(mutex_);
  shim::WindowSize window() const EXCLUDES(mutex_);
  size_t attached() const EXCLUDES(mutex_);  // clients
  std::string Describe() const EXCLUDES(mutex_);

  // For the fakes of its connections.

  // The daemon's own, with which the monitor begins its life.
  void Begin(std::shared_ptr<FakeMonitorLink> daemon) EXCLUDES(mutex_);
  // A further one, which hears what has been told already. kUnavailable: it is gone.
  Status Subscribe(std::shared_ptr<FakeMonitorLink> link) EXCLUDES(mutex_);
  void Disconnect(const std::shared_ptr<FakeMonitorLink>& link) EXCLUDES(mutex_);
  Status Attach(std::shared_ptr<FakeStreamsLink> link) EXCLUDES(mutex_);
  void Leave(const std::shared_ptr<FakeStreamsLink>& link) EXCLUDES(mutex_);
  // What the answer to this signal is, and what the signal does.
  Status CheckSignal(int signal) const EXCLUDES(mutex_);
  void TakeSignal(int signal) EXCLUDES(mutex_);
  void Abandon() EXCLUDES(mutex_);
  // Whether somebody has taken it.
  bool TakeInput(const std::shared_ptr<FakeStreamsLink>& link, std::string bytes) EXCLUDES(mutex_);
  void CloseInput(const std::shared_ptr<FakeStreamsLink>& link) EXCLUDES(mutex_);
  void Resize(shim::WindowSize size) EXCLUDES(mutex_);

 private:
  enum class Phase { kWaiting, kStarting, kRunning, kEnding, kGone };
  enum class Process { kNone, kBeingMade, kAlive, kDead };

  void Start() EXCLUDES(mutex_);
  void MakeProcess() EXCLUDES(mutex_);
  void TellStarted() EXCLUDES(mutex_);
  bool End(shim::Exited exited) EXCLUDES(mutex_);
  void FinishRun(const shim::Exited& exited) EXCLUDES(mutex_);
  void FinishTelling(const FakeNews& news, FakeStreamsLink::Ending ending) EXCLUDES(mutex_);
  // Whether it was not gone.
  bool EnterGone() EXCLUDES(mutex_);
  void StopListening() const;
  void WriteRecord(const shim::Exited& exited) const;
  void DeliverInput() EXCLUDES(mutex_);

  FakeShims* const shims_;
  const shim::Config config_;
  const StartPlan plan_;
  mutable Mutex mutex_;
  Phase phase_ GUARDED_BY(mutex_) = Phase::kWaiting;
  Process process_ GUARDED_BY(mutex_) = Process::kNone;
  pid_t pid_ GUARDED_BY(mutex_) = 0;
  std::optional<shim::Exited> exited_ GUARDED_BY(mutex_);  // perhaps of a process still being made
  std::optional<FakeNews> told_ GUARDED_BY(mutex_);        // of the start
  std::shared_ptr<FakeMonitorLink> daemon_ GUARDED_BY(mutex_);
  std::vector<std::shared_ptr<FakeMonitorLink>> links_ GUARDED_BY(mutex_);
  std::vector<std::shared_ptr<FakeStreamsLink>> streams_ GUARDED_BY(mutex_);
  std::set<int> ignored_ GUARDED_BY(mutex_);
  std::vector<int> signals_ GUARDED_BY(mutex_);
  std::string input_ GUARDED_BY(mutex_);
  size_t input_delivered_ GUARDED_BY(mutex_) = 0;
  bool input_closed_ GUARDED_BY(mutex_) = false;
  bool input_end_delivered_ GUARDED_BY(mutex_) = false;
  bool reads_input_ GUARDED_BY(mutex_) = false;
  std::shared_ptr<FakeStreamsLink> input_owner_ GUARDED_BY(mutex_);  // the first counts
  bool input_owned_ GUARDED_BY(mutex_) = false;
  shim::WindowSize window_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIM_H_
