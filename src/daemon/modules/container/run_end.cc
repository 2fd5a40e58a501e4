#include <string>
#include <utility>

#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/run.h"
#include "daemon/modules/container/run_cleanup.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

bool WasOomKilled(const Context& context, const Container& container) {
  const auto memory = context.modules.cgroups->Memory(context.CgroupPath(container.config()));
  return memory && memory->oom_kills > 0;
}

// If state.json cannot be written, the next daemon learns of the end from its record; the record is
// kept in <graph> or, if that is full, in the spare place.
void Save(Context& context, const Container& container, const State& state) {
  store::Store& store = *context.modules.store;
  const Status saved = Persist(context, container, state);
  if (saved) {
    IgnoreError(store.ForgetUnsavedEnd(container.id()));  // at worst it repeats what is known
    return;
  }
  log::Error("state not saved", {{"id", container.id()}, {"reason", saved.error().message()}});
  const shim::Exited end{state.exit_code, 0, state.finished_at.nanoseconds};
  if (const Status kept = store.KeepUnsavedEnd(container.id(), shim::EncodeExitRecord(end));
      !kept) {
    log::Error("exit code not kept for the next daemon",
               {{"id", container.id()}, {"reason", kept.error().message()}});
  }
}

void LogKill(const Container& container, const Status& killed) {
  if (!killed) {
    log::Error("kill failed", {{"id", container.id()}, {"reason", killed.error().message()}});
  }
}

}  // namespace

Result<ScopedOperation> Run::AcquireForEnd() {
  ASSIGN_OR_RETURN(ScopedOperation operation,
                   ScopedOperation::Acquire(container_, ScopedOperation::Turn::kFirst));
  const Phase phase = container_->state().phase;
  if (container_->run() != number_ || (!IsUp(phase) && phase != Phase::kStarting)) {
    return FailedPrecondition("the run is over");
  }
  return operation;
}

bool Run::RecordEnd(int exit_code, Timestamp finished, const std::string& error) {
  const bool oom_killed = WasOomKilled(*context_, *container_);
  const Result<State> state = container_->Apply(Event::kExited, [&](State& next) {
    EndRun(next, {exit_code, oom_killed, finished, error});
  });
  if (!state) {
    return false;
  }
  container_->SetMonitor(nullptr);
  EndChecks(*context_, *container_);
  if (!container_->config().host().auto_remove()) {
    // Not synced: the monitor's exit record is, and stays until the next start.
    Save(*context_, *container_, *state);
  }
  context_->announcer.End(*container_, *state);
  log::Info("container exited", {{"id", container_->id()},
                                 {"name", container_->name()},
                                 {"exit_code", exit_code},
                                 {"oom", oom_killed ? "true" : "false"}});
  return true;
}

void Run::Finish() {
  container_->NotifyExit();
  if (const Status cleaned = CleanUpRun(*context_, *container_); !cleaned) {
    log::Warn("cleaning up after a run",
              {{"id", container_->id()}, {"reason", cleaned.error().message()}});
  }
  if (!container_->config().host().auto_remove()) {
    AwaitRestartAfterRun(*context_, container_);
    return;
  }
  if (container_->restart_is_due()) {
    // Not now. Those who wait for the removal have seen the end of this run.
    container_->NotifyRemoval(false, {});
    return;
  }
  RemoveAtEnd(*context_, container_);
}

void Run::End(const shim::Exited& exited) {
  const Result<ScopedOperation> operation = AcquireForEnd();
  if (!operation) {
    return;
  }
  LogKill(*container_, KillRemaining(*context_, *container_));
  if (RecordEnd(exited.ShellStatus(), Timestamp{exited.time}, "")) {
    Finish();
  }
}

void Run::EndWithoutMonitor(const Error& reason) {
  if (const auto text = context_->modules.store->ReadExitRecord(container_->id()); text) {
    if (const Result<shim::Exited> exited = shim::DecodeExitRecord(*text); exited) {
      End(*exited);
      return;
    }
  }
  const Result<ScopedOperation> operation = AcquireForEnd();
  if (!operation) {
    return;
  }
  log::Error("monitor lost: what is left of its container is killed",
             {{"id", container_->id()}, {"reason", reason.message()}});
  // Without its monitor nobody would read its output or learn how it ended.
  LogKill(*container_, context_->modules.cgroups->Kill(context_->CgroupPath(container_->config())));
  if (RecordEnd(kUnknownExitCode, context_->modules.clock->Now(),
                "the container's monitor ended unexpectedly")) {
    Finish();
  }
}

}  // namespace isulad::container
