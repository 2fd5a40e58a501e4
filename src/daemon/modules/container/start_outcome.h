// What a monitor reports of the start of a container's, or an exec's, process.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_START_OUTCOME_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_START_OUTCOME_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/modules/container/context.h"
#include "daemon/modules/shim/monitor.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Set once by the event loop, awaited by a task. Thread-safe; one task at a time may wait for it,
// and keeps it alive until then.
class StartOutcome : public std::enable_shared_from_this<StartOutcome> {
 public:
  using Outcome = Result<shim::Started>;

  // Calls after the first change nothing.
  void Set(Outcome outcome) EXCLUDES(mutex_);
  bool known() const EXCLUDES(mutex_);
  // Waits for the outcome, unless `connected` is the error of streams that could not be connected.
  // A start without an outcome within Settings::start_timeout (kDeadlineExceeded), or without its
  // streams, is abandoned: when this returns, the monitor has killed the runtime with all that it
  // had started, and has exited, or a second time limit has passed.
  Task<Outcome> Settle(const Context& context, std::shared_ptr<shim::Monitor> monitor,
                       Status connected) EXCLUDES(mutex_);

 private:
  // kDeadlineExceeded after `timeout`, measured from now on.
  Task<Outcome> Await(const Context& context, std::chrono::milliseconds timeout) EXCLUDES(mutex_);
  Task<Status> Abandon(const Context& context, std::shared_ptr<shim::Monitor> monitor)
      EXCLUDES(mutex_);
  // Registers `waiter`, or returns the outcome.
  std::optional<Outcome> OnSet(std::chrono::steady_clock::time_point deadline,
                               std::function<void(Outcome)> waiter) EXCLUDES(mutex_);
  // Ends a wait whose deadline has passed.
  void Expire() EXCLUDES(mutex_);

  mutable Mutex mutex_;
  std::optional<Outcome> outcome_ GUARDED_BY(mutex_);
  std::function<void(Outcome)> waiter_ GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point deadline_ GUARDED_BY(mutex_);
};

// The error for a monitor's StartFailed: the runtime's reason, with the exit code of a bad command.
Error StartError(const shim::StartFailed& failed);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_START_OUTCOME_H_
