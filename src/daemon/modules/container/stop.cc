#include "daemon/modules/container/stop.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <utility>

#include "daemon/modules/container/event_attributes.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/pause.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/stop_signal.h"
#include "daemon/modules/container/waits.h"
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
// How often to look whether a process has come to listen: nothing tells. One that does not by the
// end of kListenTime hardly will.
constexpr std::chrono::milliseconds kListenInterval(20);
constexpr std::chrono::milliseconds kLateListenInterval(200);
constexpr std::chrono::seconds kListenTime(2);

Status SendAndWait(shim::Monitor& monitor, int signal) {
  auto answer = std::make_shared<std::promise<Status>>();
  std::future<Status> future = answer->get_future();
  monitor.Signal(signal, [answer](Status status) { answer->set_value(std::move(status)); });
  if (future.wait_for(kAnswerTimeout) != std::future_status::ready) {
    return Error(Code::kDeadlineExceeded, "the container's monitor does not answer");
  }
  return future.get();
}

// Success where there is nothing left to signal. The caller holds the operation slot, for which the
// end of the run waits: so it is told after the signal that led to it.
Status SignalIfRunning(Context& context, const Container& container, int signal) {
  const std::shared_ptr<shim::Monitor> monitor = container.monitor();
  if (!monitor) {
    return OkStatus();
  }
  Status sent = SendAndWait(*monitor, signal);
  if (!sent &&
      (sent.error().code() == Code::kNotFound || sent.error().code() == Code::kUnavailable)) {
    return OkStatus();  // it has ended, or its monitor has: the exit handler is at work
  }
  if (sent) {
    context.announcer.Publish(container, events::EventType::kKill,
                              {{kSignalKey, std::to_string(signal)}});
  }
  return sent;
}

Status OutcomeOf(Container::Waited waited, const Container& container) {
  switch (waited) {
    case Container::Waited::kEnded:
      return OkStatus();
    case Container::Waited::kInterrupted:
      return Error(Code::kAborted, "the daemon is ending: container " + Quote(container.name()) +
                                       " has been signalled and goes on without it");
    case Container::Waited::kPaused:  // WaitForEnd() has let it go on
    case Container::Waited::kTimedOut:
      break;
  }
  return Error(Code::kDeadlineExceeded,
               Named(container) + " did not end within 30 s of being killed");
}

// Whether a user who sends `signal` wants the container to end, and to stay so.
bool EndsIt(const Container& container, int signal) {
  return signal == SIGKILL || signal == StopSignalOf(container);
}

// Signals a running container. The caller holds the operation slot: the end of the run, which waits
// for it, finds what is set here. It is written when the signal has been sent: a stop that a crash
// cuts short before has not happened.
Status SignalHeld(Context& context, Container& container, int signal) {
  const bool counts =
      container.restart_policy().rule != RestartRule::kNo && EndsIt(container, signal);
  if (counts) {
    container.Update([](State& state) { state.restart.stopped_by_user = true; });
  }
  RETURN_IF_ERROR(SignalIfRunning(context, container, signal));
  if (!counts) {
    return OkStatus();
  }
  if (const Status saved = Persist(context, container, container.state(), SyncOf(container));
      !saved) {
    log::Error("state not saved", {{"id", container.id()}, {"reason", saved.error().message()}});
  }
  return OkStatus();
}

// Signals a container that is up and is to end of that, and then lets it go on where it stands
// still: before the signal it would do something else. The caller holds the operation slot.
Status EndHeld(Context& context, Container& container, int signal) {
  RETURN_IF_ERROR(SignalHeld(context, container, signal));
  return ThawHeld(context, container);
}

// A run that has been told to end.
struct Signalled {
  Container::RunId run;
  StopHearing hearing;
};
// Which signal to send to a container that is up.
using Choice = std::function<int(const Container&)>;
int ChooseKill(const Container& /*container*/) { return SIGKILL; }

// Sends a signal where the container is up; one that waits for its restart gives that up. Returns
// the run whose end there is to wait for. The caller holds the operation slot.
Result<std::optional<Signalled>> SignalToEnd(Context& context,
                                             const std::shared_ptr<Container>& container,
                                             const Choice& choose) {
  if (GiveUpRestart(context, *container) || !IsUp(container->state().phase)) {
    return std::optional<Signalled>();
  }
  const int signal = choose(*container);
  const StopHearing hearing(signal, HearingOf(*container, signal));
  RETURN_IF_ERROR(EndHeld(context, *container, signal));
  EndChecks(context, *container);
  return std::optional<Signalled>({container->run(), hearing});
}

// The same, once the operation that has the container is over. A start that is under way comes
// first: there is nothing to signal before it has an outcome.
Task<Result<std::optional<Signalled>>> Tell(Context& context, std::shared_ptr<Container> container,
                                            Choice choose) {
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  co_return SignalToEnd(context, container, choose);
}

// A container that comes to be paused while it is waited for is let go on: it has been told to end.
Task<Result<Container::Waited>> WaitForEnd(Context& context, std::shared_ptr<Container> container,
                                           Container::RunId run,
                                           steady_clock::time_point deadline) {
  for (;;) {
    const Container::Waited waited = co_await AwaitRunEnd(context, container, run, deadline);
    if (waited != Container::Waited::kPaused) {
      co_return waited;
    }
    const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
    if (operation) {
      CO_RETURN_IF_ERROR(ThawHeld(context, *container));
    }
  }
}

// Takes a look at a run that has been sent its stop signal, and sends it once more where that is
// due.
Task<Status> LookAgain(Context& context, std::shared_ptr<Container> container,
                       Signalled* signalled) {
  const int signal = StopSignalOf(*container);
  if (!signalled->hearing.Look(signal, HearingOf(*container, signal))) {
    co_return OkStatus();
  }
  const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
  const bool over =
      !operation || container->run() != signalled->run || !IsUp(container->state().phase);
  co_return over ? OkStatus() : SignalHeld(context, *container, signal);
}

// Waits for the end of a run that has been sent its stop signal.
Task<Result<Container::Waited>> WaitForStopped(Context& context,
                                               std::shared_ptr<Container> container,
                                               Signalled signalled,
                                               steady_clock::time_point deadline) {
  const auto begin = steady_clock::now();
  while (!signalled.hearing.settled()) {
    const auto now = steady_clock::now();
    const auto next = now + (now - begin < kListenTime ? kListenInterval : kLateListenInterval);
    CO_ASSIGN_OR_RETURN(
        const Container::Waited waited,
        co_await WaitForEnd(context, container, signalled.run, std::min(next, deadline)));
    if (waited != Container::Waited::kTimedOut || next >= deadline) {
      co_return waited;
    }
    CO_RETURN_IF_ERROR(co_await LookAgain(context, container, &signalled));
  }
  co_return co_await WaitForEnd(context, container, signalled.run, deadline);
}

Task<Status> WaitForKilled(Context& context, std::shared_ptr<Container> container,
                           Container::RunId run) {
  CO_ASSIGN_OR_RETURN(
      const Container::Waited waited,
      co_await WaitForEnd(context, container, run, steady_clock::now() + kKillTimeout));
  co_return OutcomeOf(waited, *container);
}

// Kills this run, and none that has been started since.
Task<Status> KillRun(Context& context, std::shared_ptr<Container> container, Container::RunId run) {
  {
    const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
    if (!operation || container->run() != run || !IsUp(container->state().phase)) {
      co_return OkStatus();
    }
    CO_RETURN_IF_ERROR(EndHeld(context, *container, SIGKILL));
  }
  co_return co_await WaitForKilled(context, container, run);
}

// Kills it; false where there is nothing to end.
Task<Result<bool>> EndByKill(Context& context, std::shared_ptr<Container> container) {
  CO_ASSIGN_OR_RETURN(const std::optional<Signalled> signalled,
                      co_await Tell(context, container, ChooseKill));
  if (signalled) {
    CO_RETURN_IF_ERROR(co_await WaitForKilled(context, container, signalled->run));
  }
  co_return signalled.has_value();
}

// The same, with the container's stop signal first.
Task<Result<bool>> EndByStop(Context& context, std::shared_ptr<Container> container,
                             int timeout_seconds) {
  CO_ASSIGN_OR_RETURN(const std::optional<Signalled> signalled,
                      co_await Tell(context, container, StopSignalOf));
  if (!signalled) {
    co_return false;
  }
  const auto deadline = timeout_seconds < 0
                            ? steady_clock::now() + std::chrono::hours(24 * 365)
                            : steady_clock::now() + std::chrono::seconds(timeout_seconds);
  CO_ASSIGN_OR_RETURN(const Container::Waited waited,
                      co_await WaitForStopped(context, container, *signalled, deadline));
  if (waited == Container::Waited::kTimedOut) {
    CO_RETURN_IF_ERROR(co_await KillRun(context, container, signalled->run));
  } else {
    CO_RETURN_IF_ERROR(OutcomeOf(waited, *container));
  }
  co_return true;
}

Task<Result<bool>> End(Context& context, std::shared_ptr<Container> container, int timeout_seconds,
                       bool force) {
  if (force || timeout_seconds == 0) {
    co_return co_await EndByKill(context, container);
  }
  co_return co_await EndByStop(context, container, timeout_seconds);
}

}  // namespace

Status Kill(Context& context, const std::shared_ptr<Container>& container, int signal) {
  if (!IsUp(container->state().phase) || !container->monitor()) {
    return FailedPrecondition(Named(*container) + " is not running");
  }
  RETURN_IF_ERROR(signal == SIGKILL ? EndHeld(context, *container, signal)
                                    : SignalHeld(context, *container, signal));
  log::Info("container signalled", {{"id", container->id()}, {"signal", SignalName(signal)}});
  return OkStatus();
}

Task<Status> Stop(Context& context, std::shared_ptr<Container> container, int timeout_seconds,
                  bool force) {
  CO_ASSIGN_OR_RETURN(const bool ended, co_await End(context, container, timeout_seconds, force));
  if (ended) {
    context.announcer.Publish(*container, events::EventType::kStop);
  }
  co_return OkStatus();
}

Task<Status> KillAndWait(Context& context, std::shared_ptr<Container> container) {
  CO_RETURN_IF_ERROR(co_await EndByKill(context, container));
  co_return OkStatus();
}

Status KillUnhealthy(Context& context, const std::shared_ptr<Container>& container,
                     Container::RunId run) {
  const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
  if (!operation || container->run() != run || !IsUp(container->state().phase)) {
    return OkStatus();
  }
  RETURN_IF_ERROR(SignalIfRunning(context, *container, SIGKILL));
  return ThawHeld(context, *container);
}

Status SignalForShutdown(Context& context, const std::shared_ptr<Container>& container,
                         int signal) {
  ASSIGN_OR_RETURN(const ScopedOperation operation, ScopedOperation::Acquire(container));
  if (!IsUp(container->state().phase)) {
    return OkStatus();
  }
  RETURN_IF_ERROR(SignalIfRunning(context, *container, signal));
  return ThawHeld(context, *container);
}

}  // namespace isulad::container
