// One run of a container: from its start to what follows its end.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RUN_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RUN_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/joined_namespaces.h"
#include "daemon/modules/container/start_outcome.h"
#include "daemon/modules/shim/monitor.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Exit code of a run whose own is not known: its monitor died, or the host went down.
inline constexpr int kUnknownExitCode = 255;

// The client whose streams are connected before the container's first process runs.
struct FirstClient {
  shim::Attach what;
  shim::WindowSize window;
  std::shared_ptr<shim::StreamsObserver> observer;
};

struct Started {
  std::vector<std::string> warnings;
  std::unique_ptr<shim::Streams> streams;  // if there was a FirstClient
  bool was_running = false;  // nothing was done, and the FirstClient was not connected
};

// Owns what a start makes until the container runs, listens to the monitor, and clears everything
// away after the end. The monitor's connection keeps it alive. What it hears of a run that is not
// the container's current one, it ignores. Thread-safe.
class Run final : public shim::MonitorObserver, public std::enable_shared_from_this<Run> {
 public:
  // A run that is about to start (after Event::kStart), or that recovery has found. `context`
  // outlives it.
  Run(Context* context, std::shared_ptr<Container> container);
  ~Run() override;

  // Starts the container and records that it runs. If anything fails, nothing of it is left: not
  // the monitor, nor the runtime, nor what they started. An error of the container's command
  // carries Error::exit_code(). The caller holds the operation slot; `client` is borrowed and may
  // be nullptr.
  Task<Result<Started>> Start(const FirstClient* client, os::Sync sync);

  // The following three are for recovery, before the event loop runs.

  // Connects to the monitor that an earlier daemon has left. kNotFound or kUnavailable if none
  // answers.
  Status Reconnect();
  // Whether that daemon had not recorded an outcome of the start.
  bool is_starting() const { return is_starting_; }
  // Finishes that start, as a task of the daemon's own. `before`: the container's state until then.
  Task<Status> Resume(State before);

  // The end of the run, told by its monitor: records how it ended, tells those who wait, clears up
  // and then removes the container (--rm) or has its restart policy decide. Waits for the operation
  // slot; repeating it is harmless.
  void End(const shim::Exited& exited);
  // The same if the monitor died: its exit record says what happened, or else what is left of the
  // container is killed.
  void EndWithoutMonitor(const Error& reason);

  // Of shim::MonitorObserver.
  void OnStarted(const shim::Started& started) override;
  void OnStartFailed(const shim::StartFailed& failed) override;
  void OnExited(const shim::Exited& exited) override;
  void OnLost(const Error& reason) override;

 private:
  struct Parts;
  Status Prepare(const FirstClient* client, Parts& parts);
  Task<Result<shim::Started>> Launch(const FirstClient* client, Parts* parts);
  // Records that the container runs since `at`.
  Status RecordStart(const shim::Started& started, Timestamp at, os::Sync sync);
  // False if the monitor reported no start but has left a record of an end.
  bool TakeOutcome(const Result<shim::Started>& started);
  Task<Status> FinishStart(State before);
  // The operation slot for the end of this run; an error if that has nothing to do any more.
  Result<ScopedOperation> AcquireForEnd();
  // False if the end is known already.
  bool RecordEnd(int exit_code, Timestamp finished, const std::string& error);
  void Finish();

  Context* const context_;
  const std::shared_ptr<Container> container_;
  Container::RunId number_;
  bool is_starting_ = false;
  // What the runtime opens through this process: kept until the monitor reports an outcome, even if
  // the start has been abandoned by then. Touched by Start(), and after the launch by the event
  // loop alone.
  std::shared_ptr<const JoinedNamespaces> namespaces_;
  const std::shared_ptr<StartOutcome> outcome_ = std::make_shared<StartOutcome>();
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RUN_H_
