#include "daemon/modules/container/start.h"

#include <set>
#include <utility>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/container/exit_handler.h"
#include "daemon/modules/container/health_checks.h"
#include "daemon/modules/container/monitor_config.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/run_observer.h"
#include "daemon/modules/container/waits.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// Where the runtime starts, instead of in the daemon's mount namespace: of that it would make a
// copy or two, and take them apart again, with all that is mounted on the host.
Status AddNamespace(const os::BareNamespace* bare, const std::vector<std::string>& sources,
                    shim::Config& config) {
  if (bare == nullptr || sources.empty()) {
    return OkStatus();
  }
  std::set<std::string> missing;
  for (const std::string& source : sources) {
    ASSIGN_OR_RETURN(const std::vector<std::string> points, os::MountPointsTo(source));
    missing.insert(points.begin(), points.end());
  }
  for (const std::string& known : bare->mount_points) {
    missing.erase(known);
  }
  for (const std::string& source : sources) {
    missing.erase(source);  // with what is mounted in it
  }
  config.namespace_mounts.assign(missing.begin(), missing.end());
  config.namespace_trees = sources;
  return OkStatus();
}

shim::Config MonitorConfig(const Context& context, const Container& container,
                           const runtime::OciRuntime& runtime, const StreamWish* wish) {
  const ContainerConfig& asked = container.config();
  const std::string directory = context.RunDirectory(container.id());
  const std::string durable = context.modules.store->DirectoryOf(container.id());
  shim::Config config = CommonMonitorConfig(context, container, runtime, directory);
  config.start_command =
      runtime.StartCommand({container.id(), directory, directory + "/" + shim::kPidFileName,
                            directory + "/" + shim::kRuntimeLogName,
                            asked.process().terminal() ? shim::kConsoleSocketName : ""});
  config.hide_unified_cgroup = runtime.NeedsUnifiedCgroupHidden();
  config.terminal = asked.process().terminal();
  config.open_stdin = asked.process().open_stdin();
  config.stdin_once = asked.process().stdin_once();
  if (asked.log.driver == logs::Driver::kJsonFile) {
    config.log_path = durable + "/log.json";
    config.log_max_bytes = asked.log.max_bytes;
    config.log_max_files = asked.log.max_files;
  }
  config.exit_record_path = context.modules.store->ExitRecordPath(container.id());
  config.exit_record_spare_path = context.modules.store->SpareExitRecordPath(container.id());
  config.exit_record_durable = !asked.host().auto_remove();
  if (wish != nullptr) {
    config.window = wish->window;
    config.wait_for_attach = true;
  }
  return config;
}

Status ConnectStreams(Context& context, const Container& container, const StreamWish* wish,
                      Started& reply) {
  if (wish != nullptr) {
    ASSIGN_OR_RETURN(reply.streams,
                     context.modules.launcher->AttachStreams(context.RunDirectory(container.id()),
                                                             wish->what, wish->observer));
  }
  return OkStatus();
}

// What a run needs that is to begin. Borrowed from the start.
struct Launch {
  const runtime::OciRuntime& runtime;
  const std::vector<std::string>& sources;
  std::shared_ptr<const JoinedNamespaces> joined;
  const StreamWish* wish;
};

Task<Result<shim::Started>> Run(Context& context, std::shared_ptr<Container> container,
                                const Launch* launch, Started* reply) {
  const auto observer = std::make_shared<RunObserver>(&context, container, launch->joined);
  shim::Config config = MonitorConfig(context, *container, launch->runtime, launch->wish);
  CO_RETURN_IF_ERROR(AddNamespace(context.modules.runtime_namespace, launch->sources, config));
  CO_ASSIGN_OR_RETURN(auto monitor, context.modules.launcher->Launch(config, observer));
  container->SetMonitor(monitor);
  const Status connected = ConnectStreams(context, *container, launch->wish, *reply);
  co_return co_await observer->outcome().Settle(context, monitor, connected);
}

// Before anybody hears that it runs, and could exec in it.
void FinishView(rootfs::ScopedView* view, const std::string& id) {
  if (view == nullptr) {
    return;
  }
  if (const Status finished = view->Finish(); !finished) {
    // It runs; the mount is in nobody's way, and goes at the end of the run.
    log::Warn("the view of a rootfs stays", {{"id", id}, {"reason", finished.error().message()}});
  }
}

Task<Result<Started>> StartHeld(Context& context, std::shared_ptr<Container> container,
                                const StreamWish* wish, os::Sync sync) {
  const runtime::OciRuntime* runtime = context.FindRuntime(container->config().host().runtime());
  if (runtime == nullptr) {
    co_return FailedPrecondition("runtime " + Quote(container->config().host().runtime()) +
                                 " is not configured any more");
  }
  FollowRecords(context, *container);
  const ContainerConfig& config = container->config();
  CO_ASSIGN_OR_RETURN(JoinedNamespaces opened,
                      OpenJoinedNamespaces(context, container->CurrentConfig()));
  const auto joined = std::make_shared<const JoinedNamespaces>(std::move(opened));
  CO_ASSIGN_OR_RETURN(const auto mounts,
                      context.modules.channels->Mount(container->id(), config.user_remap));
  if (mounts->entries().size() != container->channels().size()) {
    // A removal was cut short after its channels had gone.
    co_return FailedPrecondition("its host channels have been removed: it can only be removed too");
  }
  CO_RETURN_IF_ERROR(context.copies.End(container->id(), Copies::Which::kOfLayers,
                                        Named(*container) + " is being started"));
  CO_ASSIGN_OR_RETURN(const auto view, MountRootfsView(context, *container));
  Started reply;
  Result<Bundle> bundle = WriteBundle(
      context, *container, {view ? view->path() : config.rootfs(), mounts->entries(), *joined},
      wish != nullptr ? wish->window : shim::WindowSize{});
  if (!bundle) {
    IgnoreError(RemoveBundle(context, *container));  // the first error is the one to report
    co_return std::move(bundle).error();
  }
  reply.warnings = std::move(bundle->warnings);
  reply.warnings.insert(reply.warnings.end(), mounts->warnings().begin(), mounts->warnings().end());
  CO_RETURN_IF_ERROR(context.modules.store->RemoveExitRecord(container->id()));
  // Not when we hear of it: a short run has ended by then, and would end before it started.
  const Timestamp started_at = context.modules.clock->Now();
  const Launch launch{*runtime, bundle->sources, joined, wish};
  const Result<shim::Started> started = co_await Run(context, container, &launch, &reply);
  if (!started) {
    DiscardRun(context, *container);
    co_return started.error();
  }
  FinishView(view.get(), container->id());
  mounts->Commit();
  ExpectChecks(context, *container);
  const Result<State> state = container->Apply(Event::kStarted, [&](State& next) {
    BeginRun(next, {started->pid, started->start_time, context.settings.boot_id, started_at});
  });
  CO_RETURN_IF_ERROR(state);
  if (const Status saved = Persist(context, *container, *state, sync); !saved) {
    // It runs, and a daemon that starts anew finds that out from its monitor.
    log::Error("state not saved", {{"id", container->id()}, {"reason", saved.error().message()}});
  }
  context.announcer.Start(*container, mounts->mounted(), wish != nullptr);
  BeginChecks(context, container);
  co_return std::move(reply);
}

void Fail(Context& context, const std::shared_ptr<Container>& container, const Error& error) {
  const Result<State> state =
      container->Apply(Event::kStartFailed, [&](State& next) { FailStart(next, error); });
  if (state && !container->config().host().auto_remove()) {
    IgnoreError(Persist(context, *container, *state));  // for show only; the caller gets the error
  }
  container->NotifyExit();
}

// `before`: its state before Event::kStart.
Task<Result<Started>> StartOrFail(Context& context, std::shared_ptr<Container> container,
                                  const StreamWish* wish, State before, os::Sync sync) {
  Result<Started> started = co_await StartHeld(context, container, wish, sync);
  if (started) {
    log::Info(
        "container started",
        {{"id", container->id()}, {"name", container->name()}, {"pid", container->state().pid}});
    co_return std::move(started);
  }
  Fail(context, container, started.error());
  if (container->config().host().auto_remove()) {
    RemoveAtEnd(context, container);
  } else if (before.phase == Phase::kRestarting) {
    AwaitRestart(context, container,
                 RestartAfterFailedStart(container->restart_policy(), container->state(),
                                         context.modules.clock->Now()));
  }
  co_return std::move(started);
}

}  // namespace

Task<Result<Started>> Start(Context& context, std::shared_ptr<Container> container,
                            const StreamWish* wish) {
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  const State before = container->state();
  if (IsUp(before.phase)) {
    CO_RETURN_IF_ERROR(RequireRunning(*container));
    Started reply;
    reply.was_running = true;
    co_return std::move(reply);
  }
  if (context.ending) {
    co_return Unavailable("the daemon is ending");
  }
  Result<State> starting = container->Apply(Event::kStart, [](State& next) {
    next.error.clear();
    next.restart = {};
  });
  if (!starting) {
    co_return std::move(starting).error().AddContext(Named(*container));
  }
  co_return co_await StartOrFail(context, container, wish, before, SyncOf(*container));
}

Task<Status> StartByPolicy(Context& context, std::shared_ptr<Container> container, Timestamp due) {
  const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
  const State before = container->state();
  if (!operation || context.ending || before.phase != Phase::kRestarting ||
      before.restart.due.nanoseconds != due.nanoseconds) {
    co_return OkStatus();
  }
  IgnoreError(container->Apply(Event::kStart, [](State& next) { next.error.clear(); }));
  const Result<Started> started =
      co_await StartOrFail(context, container, nullptr, before, os::Sync::kNone);
  if (!started) {
    log::Error("restart failed", {{"id", container->id()}, {"reason", started.error().message()}});
    co_return started.error();
  }
  for (const std::string& warning : started->warnings) {
    log::Warn(warning, {{"id", container->id()}});
  }
  co_return OkStatus();
}

}  // namespace isulad::container
