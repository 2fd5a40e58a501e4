#include "daemon/modules/container/start_outcome.h"

#include <utility>

#include "daemon/modules/container/waits.h"
#include "utils/log/log.h"
#include "utils/os/timer.h"

namespace isulad::container {
namespace {

// A monitor exits at once; this bounds the wait for one that has been stopped (SIGSTOP).
constexpr std::chrono::seconds kAbandonTimeout(10);

Error TooLate() { return Error(Code::kDeadlineExceeded, ""); }

}  // namespace

void StartOutcome::Set(Outcome outcome) {
  std::function<void(Outcome)> waiter;
  {
    MutexLock lock(mutex_);
    if (outcome_) {
      return;
    }
    outcome_ = outcome;
    waiter = std::exchange(waiter_, nullptr);
  }
  if (waiter) {
    waiter(std::move(outcome));
  }
}

bool StartOutcome::known() const {
  MutexLock lock(mutex_);
  return outcome_.has_value();
}

std::optional<StartOutcome::Outcome> StartOutcome::OnSet(
    std::chrono::steady_clock::time_point deadline, std::function<void(Outcome)> waiter) {
  MutexLock lock(mutex_);
  if (outcome_) {
    return outcome_;
  }
  if (std::chrono::steady_clock::now() >= deadline) {
    return TooLate();  // the timer may have fired
  }
  waiter_ = std::move(waiter);
  deadline_ = deadline;
  return std::nullopt;
}

void StartOutcome::Expire() {
  std::function<void(Outcome)> waiter;
  {
    MutexLock lock(mutex_);
    if (std::chrono::steady_clock::now() < deadline_) {
      return;  // the timer belongs to a wait that is over
    }
    waiter = std::exchange(waiter_, nullptr);
  }
  if (waiter) {
    waiter(TooLate());
  }
}

Task<StartOutcome::Outcome> StartOutcome::Await(const Context& context,
                                                std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const std::shared_ptr<StartOutcome> self = shared_from_this();
  const os::Timer timer(context.modules.loop, deadline, [self] { self->Expire(); });
  Wait<Outcome> wait(ResumeOf(context), [self, deadline](Wait<Outcome>::Done done) {
    return self->OnSet(deadline, std::move(done));
  });
  Outcome outcome = co_await wait;
  if (!outcome && outcome.error().code() == Code::kDeadlineExceeded) {
    co_return Error(Code::kDeadlineExceeded, "the runtime did not answer within " +
                                                 std::to_string(timeout.count() / 1000) + " s");
  }
  co_return std::move(outcome);
}

Task<Status> StartOutcome::Abandon(const Context& context, std::shared_ptr<shim::Monitor> monitor) {
  if (known() || monitor == nullptr) {
    co_return OkStatus();
  }
  monitor->Abandon();
  IgnoreError(co_await Await(context, kAbandonTimeout));  // it does not matter any more
  if (!known()) {
    log::Error("the monitor of a start that was given up has not ended");
  }
  co_return OkStatus();
}

Task<StartOutcome::Outcome> StartOutcome::Settle(const Context& context,
                                                 std::shared_ptr<shim::Monitor> monitor,
                                                 Status connected) {
  Outcome outcome = Error(Code::kInternal, "");
  if (connected) {
    outcome = co_await Await(context, context.settings.start_timeout);
  } else {
    outcome = connected.error();
  }
  if (!outcome) {
    IgnoreError(co_await Abandon(context, monitor));  // it is logged
  }
  co_return std::move(outcome);
}

Error StartError(const shim::StartFailed& failed) {
  runtime::RuntimeFailure failure = runtime::ExplainFailure(failed.reason);
  return Error(Code::kFailedPrecondition, std::move(failure.reason))
      .WithExitCode(failed.exit_code != 0 ? failed.exit_code : failure.exit_code);
}

}  // namespace isulad::container
