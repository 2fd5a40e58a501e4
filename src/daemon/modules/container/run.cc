#include "daemon/modules/container/run.h"

#include <utility>

#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/run_cleanup.h"
#include "daemon/modules/container/waits.h"
#include "utils/log/log.h"

namespace isulad::container {

Run::Run(Context* context, std::shared_ptr<Container> container)
    : context_(context), container_(std::move(container)), number_(container_->run()) {}

Run::~Run() = default;

Status Run::Reconnect() {
  const State saved = container_->state();
  is_starting_ = !IsUp(saved.phase);
  if (!is_starting_) {
    // The start is known: a monitor that dies before it repeats that is one that was lost.
    outcome_->Set(shim::Started{saved.pid, saved.start_time});
  }
  ASSIGN_OR_RETURN(auto monitor, context_->modules.launcher->Reconnect(
                                     context_->RunDirectory(container_->id()), shared_from_this()));
  container_->SetMonitor(std::move(monitor));
  if (is_starting_) {
    IgnoreError(container_->Apply(Event::kStart));  // always possible from what a start left behind
    number_ = container_->run();
  }
  return OkStatus();
}

// A start that failed leaves the container as it was: its user was told of no start, and what
// failed may be the fault of the daemon's death.
bool Run::TakeOutcome(const Result<shim::Started>& started) {
  if (started) {
    IgnoreError(RecordStart(*started, context_->modules.clock->Now(), os::Sync::kNone));
    context_->announcer.CatchUpStart(*container_);
    BeginChecks(*context_, container_);
    return true;
  }
  if (context_->modules.store->ReadExitRecord(container_->id())) {
    return false;
  }
  if (const Result<State> state = container_->Apply(Event::kStartFailed); state) {
    IgnoreError(Persist(*context_, *container_, *state));  // found out again at the next start
  }
  log::Warn("a start that the last daemon had begun came to nothing",
            {{"id", container_->id()}, {"reason", started.error().message()}});
  DiscardRun(*context_, *container_);
  return true;
}

Task<Status> Run::FinishStart(State before) {
  const Result<ScopedOperation> operation = co_await AcquireOperation(*context_, container_);
  if (!operation || container_->state().phase != Phase::kStarting) {
    co_return OkStatus();  // it has ended already
  }
  const Result<shim::Started> started =
      co_await outcome_->Settle(*context_, container_->monitor(), OkStatus());
  if (!TakeOutcome(started)) {
    co_return started.error();
  }
  if (!started && before.phase == Phase::kRestarting) {
    AwaitRestart(*context_, container_,
                 RestartAfterFailedStart(container_->restart_policy(), container_->state(),
                                         context_->modules.clock->Now()));
  }
  co_return OkStatus();
}

Task<Status> Run::Resume(State before) {
  const std::shared_ptr<Run> self = shared_from_this();
  const Status finished = co_await FinishStart(std::move(before));
  if (!finished) {
    EndWithoutMonitor(finished.error());
  }
  co_return OkStatus();
}

void Run::OnStarted(const shim::Started& started) {
  namespaces_.reset();
  outcome_->Set(started);
}

void Run::OnStartFailed(const shim::StartFailed& failed) {
  namespaces_.reset();
  outcome_->Set(StartError(failed));
}

void Run::OnExited(const shim::Exited& exited) {
  // A reconnected monitor may report an end before the start that it had reported to the last
  // daemon.
  context_->modules.workers->Post([self = shared_from_this(), exited] { self->End(exited); });
}

void Run::OnLost(const Error& reason) {
  namespaces_.reset();
  if (!outcome_->known()) {
    outcome_->Set(Error(Code::kInternal, "the monitor ended unexpectedly: " + reason.message()));
    return;
  }
  context_->modules.workers->Post(
      [self = shared_from_this(), reason] { self->EndWithoutMonitor(reason); });
}

}  // namespace isulad::container
