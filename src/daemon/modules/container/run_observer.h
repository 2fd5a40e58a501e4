// Listens to the monitor of one run of a container: hands the outcome of the start to the thread
// that waits for it, and the end of the run to a worker.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/shim/monitor.h"
#include "utils/base/task.h"

namespace isulad::container {

// What a monitor says of its start. Thread-safe; one at a time may wait for it, and keeps it until
// then.
class StartOutcome : public std::enable_shared_from_this<StartOutcome> {
 public:
  using Outcome = Result<shim::Started>;

  void Set(Outcome outcome) EXCLUDES(mutex_);
  bool known() const EXCLUDES(mutex_);
  // Waits for it, unless `connected` is the error of streams that could not be. A start that has no
  // outcome in time, or no streams, is given up: then all of it has ended when this is done, the
  // monitor with the runtime and what it had started, or that takes too long. kDeadlineExceeded for
  // the former.
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
  // A deadline has come.
  void Expire() EXCLUDES(mutex_);

  mutable Mutex mutex_;
  std::optional<Outcome> outcome_ GUARDED_BY(mutex_);
  std::function<void(Outcome)> waiter_ GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point deadline_ GUARDED_BY(mutex_);
};

// The error that a monitor's kStartFailed amounts to: the runtime's reason, with the exit code of a
// bad command.
Error StartError(const shim::StartFailed& failed);

class RunObserver final : public shim::MonitorObserver {
 public:
  // `held`: what the runtime finds through this process. Kept until it has answered, also where
  // nobody waits for that any more.
  RunObserver(Context* context, std::shared_ptr<Container> container,
              std::shared_ptr<const void> held = nullptr)
      : context_(context), container_(std::move(container)), held_(std::move(held)) {}

  StartOutcome& outcome() { return *outcome_; }

  void OnStarted(const shim::Started& started) override;
  void OnStartFailed(const shim::StartFailed& failed) override;
  void OnExited(const shim::Exited& exited) override;
  void OnLost(const Error& reason) override;

 private:
  Context* context_;
  std::shared_ptr<Container> container_;
  std::shared_ptr<const void> held_;  // the event loop's
  const std::shared_ptr<StartOutcome> outcome_ = std::make_shared<StartOutcome>();
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_
