// Listens to the monitor of one run of a container: hands the outcome of the start to the thread
// that waits for it, and the end of the run to a worker.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_

#include <chrono>
#include <memory>
#include <optional>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/shim/monitor.h"

namespace isulad::container {

// Waits for what a monitor says of its start. Thread-safe.
class StartOutcome {
 public:
  void Set(Result<shim::Started> outcome) EXCLUDES(mutex_);
  // kDeadlineExceeded after `timeout`.
  Result<shim::Started> Wait(std::chrono::milliseconds timeout) EXCLUDES(mutex_);
  bool known() const EXCLUDES(mutex_);
  // Gives up a start that has no outcome yet: returns when the monitor has ended, with the runtime
  // and all else that it had started, or when that takes too long.
  void Abandon(shim::Monitor& monitor) EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  CondVar changed_;
  std::optional<Result<shim::Started>> outcome_ GUARDED_BY(mutex_);
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

  Result<shim::Started> WaitStarted(std::chrono::milliseconds timeout) {
    return outcome_.Wait(timeout);
  }
  void Abandon(shim::Monitor& monitor) { outcome_.Abandon(monitor); }

  void OnStarted(const shim::Started& started) override;
  void OnStartFailed(const shim::StartFailed& failed) override;
  void OnExited(const shim::Exited& exited) override;
  void OnLost(const Error& reason) override;

 private:
  Context* context_;
  std::shared_ptr<Container> container_;
  std::shared_ptr<const void> held_;  // the event loop's
  StartOutcome outcome_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RUN_OBSERVER_H_
