#include "daemon/modules/container/stop.h"

#include <signal.h>

#include <chrono>
#include <future>
#include <utility>

#include "utils/base/signals.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using std::chrono::steady_clock;

// How long a killed process may take to die; one that waits for a disk can take long.
constexpr std::chrono::seconds kKillTimeout(30);
// The monitor answers at once or is gone; this bounds a stopped (SIGSTOP) one.
constexpr std::chrono::seconds kAnswerTimeout(10);

Status SendAndWait(shim::Monitor& monitor, int signal) {
  auto answer = std::make_shared<std::promise<Status>>();
  std::future<Status> future = answer->get_future();
  monitor.Signal(signal, [answer](Status status) { answer->set_value(std::move(status)); });
  if (future.wait_for(kAnswerTimeout) != std::future_status::ready) {
    return Error(Code::kDeadlineExceeded, "the container's monitor does not answer");
  }
  return future.get();
}

// Success where there is nothing left to signal.
Status SignalIfRunning(const Container& container, int signal) {
  const std::shared_ptr<shim::Monitor> monitor = container.monitor();
  if (!monitor) {
    return OkStatus();
  }
  Status sent = SendAndWait(*monitor, signal);
  if (!sent &&
      (sent.error().code() == Code::kNotFound || sent.error().code() == Code::kUnavailable)) {
    return OkStatus();  // it has ended, or its monitor has: the exit handler is at work
  }
  return sent;
}

Status OutcomeOf(Container::Waited waited, const Container& container) {
  switch (waited) {
    case Container::Waited::kStopped:
      return OkStatus();
    case Container::Waited::kInterrupted:
      return Error(Code::kAborted, "the daemon is ending: container " + Quote(container.name()) +
                                       " has been signalled and goes on without it");
    case Container::Waited::kTimedOut:
      break;
  }
  return Error(Code::kDeadlineExceeded,
               "container " + Quote(container.name()) + " did not end within 30 s of being killed");
}

// A start that is under way comes first: there is nothing to signal before it has an outcome.
Status WaitForOperation(const std::shared_ptr<Container>& container) {
  const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
  return operation ? OkStatus() : Status(operation.error());
}

}  // namespace

Status Kill(const std::shared_ptr<Container>& container, int signal) {
  RETURN_IF_ERROR(WaitForOperation(container));
  const std::shared_ptr<shim::Monitor> monitor = container->monitor();
  if (container->state().phase != Phase::kRunning || !monitor) {
    return FailedPrecondition("container " + Quote(container->name()) + " is not running");
  }
  RETURN_IF_ERROR(SendAndWait(*monitor, signal));
  log::Info("container signalled", {{"id", container->id()}, {"signal", SignalName(signal)}});
  return OkStatus();
}

Status Stop(const std::shared_ptr<Container>& container, int timeout_seconds, bool force) {
  RETURN_IF_ERROR(WaitForOperation(container));
  if (container->state().phase != Phase::kRunning) {
    return OkStatus();
  }
  if (!force && timeout_seconds != 0) {
    RETURN_IF_ERROR(SignalIfRunning(*container, container->config().stop_signal));
    const auto deadline = timeout_seconds < 0
                              ? steady_clock::now() + std::chrono::hours(24 * 365)
                              : steady_clock::now() + std::chrono::seconds(timeout_seconds);
    const Container::Waited waited = container->WaitUntilStopped(deadline);
    if (waited != Container::Waited::kTimedOut) {
      return OutcomeOf(waited, *container);
    }
  }
  return KillAndWait(container);
}

Status KillAndWait(const std::shared_ptr<Container>& container) {
  RETURN_IF_ERROR(WaitForOperation(container));
  if (container->state().phase != Phase::kRunning) {
    return OkStatus();
  }
  RETURN_IF_ERROR(SignalIfRunning(*container, SIGKILL));
  return OutcomeOf(container->WaitUntilStopped(steady_clock::now() + kKillTimeout), *container);
}

}  // namespace isulad::container
