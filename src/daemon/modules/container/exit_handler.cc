#include "daemon/modules/container/exit_handler.h"

#include <string>
#include <utility>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/restarter.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// How long a cgroup may take to go whose processes have been killed.
constexpr std::chrono::seconds kCgroupTimeout(5);

bool WasOomKilled(const Context& context, const Container& container) {
  const auto memory = context.modules.cgroups->Memory(context.CgroupPath(container.config()));
  return memory && memory->oom_kills > 0;
}

// Where state.json cannot be written, the next daemon learns of the end by its record; that is what
// is left in <graph> or, where that is full, in the spare place.
void Save(Context& context, const Container& container, const State& state) {
  store::Store& store = *context.modules.store;
  const Status saved = Persist(context, container, state);
  if (saved) {
    IgnoreError(store.ForgetUnsavedEnd(container.id()));  // repeats at worst what is known
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

// Takes over the end of the run; false where it is known already.
bool Record(Context& context, const std::shared_ptr<Container>& container, int exit_code,
            Timestamp finished, const std::string& error) {
  const bool oom_killed = WasOomKilled(context, *container);
  const Result<State> state = container->Apply(Event::kExited, [&](State& next) {
    next.pid = 0;
    next.start_time = 0;
    next.exit_code = exit_code;
    next.oom_killed = oom_killed;
    next.finished_at = finished;
    if (next.started_at.nanoseconds == 0 || next.started_at.nanoseconds > finished.nanoseconds) {
      next.started_at = finished;  // the daemon died between the start and its record
    }
    next.error = error;
  });
  if (!state) {
    return false;
  }
  container->SetMonitor(nullptr);
  EndChecks(context, *container);
  if (!container->config().host().auto_remove()) {
    // Not synced: the monitor's exit record is, and stays until the next start.
    Save(context, *container, *state);
  }
  context.announcer.End(*container, *state);
  log::Info("container exited", {{"id", container->id()},
                                 {"name", container->name()},
                                 {"exit_code", exit_code},
                                 {"oom", oom_killed ? "true" : "false"}});
  return true;
}

void Finish(Context& context, const std::shared_ptr<Container>& container) {
  container->NotifyExit();
  if (const Status cleaned = CleanUpRun(context, *container); !cleaned) {
    log::Warn("cleaning up after a run",
              {{"id", container->id()}, {"reason", cleaned.error().message()}});
  }
  if (!container->config().host().auto_remove()) {
    AwaitRestartAfterRun(context, container);
    return;
  }
  if (container->restart_is_due()) {
    container->NotifyRemoval(false, {});  // not now: whoever waits for it has seen this run's end
    return;
  }
  RemoveAtEnd(context, container);
}

}  // namespace

void HandleExit(Context& context, const std::shared_ptr<Container>& container,
                const shim::Exited& exited) {
  const Result<ScopedOperation> operation =
      ScopedOperation::Acquire(container, ScopedOperation::Turn::kFirst);
  const Phase phase = container->state().phase;
  if (operation && (IsUp(phase) || phase == Phase::kStarting)) {
    if (const Status killed = KillRest(context, *container); !killed) {
      log::Error("kill failed", {{"id", container->id()}, {"reason", killed.error().message()}});
    }
  }
  const int exit_code = exited.signal != 0 ? 128 + exited.signal : exited.code;
  if (operation && Record(context, container, exit_code, Timestamp{exited.time}, "")) {
    Finish(context, container);
  }
}

void HandleLostMonitor(Context& context, const std::shared_ptr<Container>& container,
                       const Error& reason) {
  const Result<std::string> text = context.modules.store->ReadExitRecord(container->id());
  if (text) {
    if (const Result<shim::Exited> exited = shim::DecodeExitRecord(*text); exited) {
      HandleExit(context, container, *exited);
      return;
    }
  }
  const Result<ScopedOperation> operation =
      ScopedOperation::Acquire(container, ScopedOperation::Turn::kFirst);
  if (!operation) {
    return;
  }
  log::Error("monitor lost: what is left of its container is killed",
             {{"id", container->id()}, {"reason", reason.message()}});
  // Without its monitor nobody reads its output or would learn how it ended.
  if (const Status killed = context.modules.cgroups->Kill(context.CgroupPath(container->config()));
      !killed) {
    log::Error("kill failed", {{"id", container->id()}, {"reason", killed.error().message()}});
  }
  if (Record(context, container, kUnknownExitCode, context.modules.clock->Now(),
             "the container's monitor ended unexpectedly")) {
    Finish(context, container);
  }
}

Status KillRest(const Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  return config.namespaces.pid.own() ? OkStatus()
                                     : context.modules.cgroups->Kill(context.CgroupPath(config));
}

Status CleanUpRun(Context& context, const Container& container) {
  RETURN_IF_ERROR(KillRest(context, container));
  const runtime::OciRuntime* runtime = context.FindRuntime(container.config().host().runtime());
  if (runtime != nullptr) {
    RETURN_IF_ERROR(runtime->Delete(container.id()));
  }
  RETURN_IF_ERROR(
      context.modules.cgroups->Remove(context.CgroupPath(container.config()), kCgroupTimeout));
  return RemoveBundle(context, container);
}

void DiscardRun(Context& context, Container& container) {
  container.SetMonitor(nullptr);
  cgroup::Hierarchy& cgroups = *context.modules.cgroups;
  const std::string cgroup = context.CgroupPath(container.config());
  const runtime::OciRuntime* runtime = context.FindRuntime(container.config().host().runtime());
  for (const Status& status :
       {cgroups.Kill(cgroup), runtime != nullptr ? runtime->Delete(container.id()) : OkStatus(),
        cgroups.Remove(cgroup, kCgroupTimeout), RemoveBundle(context, container)}) {
    if (!status) {
      log::Warn("cleaning up after a failed start",
                {{"id", container.id()}, {"reason", status.error().message()}});
    }
  }
}

}  // namespace isulad::container
