#include "daemon/modules/container/run_observer.h"

#include <utility>

#include "daemon/modules/container/exit_handler.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// A monitor ends at once; this bounds one that has been stopped (SIGSTOP).
constexpr std::chrono::seconds kAbandonTimeout(10);

}  // namespace

void StartOutcome::Set(Result<shim::Started> outcome) {
  MutexLock lock(mutex_);
  if (!outcome_) {
    outcome_ = std::move(outcome);
    changed_.NotifyAll();
  }
}

Result<shim::Started> StartOutcome::Wait(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  MutexLock lock(mutex_);
  while (!outcome_) {
    if (!changed_.WaitUntil(mutex_, deadline) && !outcome_) {
      return Error(Code::kDeadlineExceeded, "the runtime did not answer within " +
                                                std::to_string(timeout.count() / 1000) + " s");
    }
  }
  return *outcome_;
}

bool StartOutcome::known() const {
  MutexLock lock(mutex_);
  return outcome_.has_value();
}

void StartOutcome::Abandon(shim::Monitor& monitor) {
  if (known()) {
    return;
  }
  monitor.Abandon();
  IgnoreError(Wait(kAbandonTimeout));  // the outcome does not matter any more
  if (!known()) {
    log::Error("the monitor of a start that was given up has not ended");
  }
}

Error StartError(const shim::StartFailed& failed) {
  runtime::RuntimeFailure failure = runtime::ExplainFailure(failed.reason);
  return Error(Code::kFailedPrecondition, std::move(failure.reason))
      .WithExitCode(failed.exit_code != 0 ? failed.exit_code : failure.exit_code);
}

void RunObserver::OnStarted(const shim::Started& started) {
  held_.reset();
  outcome_.Set(started);
}

void RunObserver::OnStartFailed(const shim::StartFailed& failed) {
  held_.reset();
  outcome_.Set(StartError(failed));
}

void RunObserver::OnExited(const shim::Exited& exited) {
  // A reconnected monitor may tell of an end before the start that it had told its first daemon.
  context_->modules.workers->Post([context = context_, container = container_, exited] {
    HandleExit(*context, container, exited);
  });
}

void RunObserver::OnLost(const Error& reason) {
  held_.reset();
  if (!outcome_.known()) {
    outcome_.Set(Error(Code::kInternal, "the monitor ended unexpectedly: " + reason.message()));
    return;
  }
  context_->modules.workers->Post([context = context_, container = container_, reason] {
    HandleLostMonitor(*context, container, reason);
  });
}

}  // namespace isulad::container
