#include "daemon/modules/container/start.h"

#include <utility>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/run_observer.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

shim::Config MonitorConfig(const Context& context, const Container& container,
                           const runtime::OciRuntime& runtime, const StreamWish* wish) {
  const ContainerConfig& asked = container.config();
  const std::string directory = context.RunDirectory(container.id());
  const std::string durable = context.modules.store->DirectoryOf(container.id());
  shim::Config config;
  config.id = container.id();
  config.directory = directory;
  config.start_command =
      runtime.StartCommand({container.id(), directory, directory + "/" + shim::kPidFileName,
                            directory + "/" + shim::kRuntimeLogName,
                            asked.process.terminal ? shim::kConsoleSocketName : ""});
  config.environment = runtime.Environment();
  config.hide_unified_cgroup = runtime.NeedsUnifiedCgroupHidden();
  config.own_cgroups = context.modules.cgroups->MonitorDirectories(context.MonitorCgroupPath());
  config.v1_tasks = context.modules.cgroups->layout() != cgroup::Layout::kV2;
  config.terminal = asked.process.terminal;
  config.open_stdin = asked.open_stdin;
  config.stdin_once = asked.stdin_once;
  if (asked.log.driver == logs::Driver::kJsonFile) {
    config.log_path = durable + "/log.json";
    config.log_max_bytes = asked.log.max_bytes;
    config.log_max_files = asked.log.max_files;
  }
  config.exit_record_path = durable + "/exit";
  config.exit_record_durable = !asked.auto_remove;
  if (wish != nullptr) {
    config.window = wish->window;
    config.wait_for_attach = true;
  }
  return config;
}

// Takes back what a start that failed has made outside its own guards.
void Undo(Context& context, const std::shared_ptr<Container>& container,
          const runtime::OciRuntime& runtime) {
  container->SetMonitor(nullptr);
  for (const Status& status :
       {runtime.Delete(container->id()), RemoveBundle(context, *container)}) {
    if (!status) {
      log::Warn("cleaning up after a failed start",
                {{"id", container->id()}, {"reason", status.error().message()}});
    }
  }
}

Result<shim::Started> Run(Context& context, const std::shared_ptr<Container>& container,
                          const runtime::OciRuntime& runtime, const StreamWish* wish,
                          Started& reply) {
  const auto observer = std::make_shared<RunObserver>(&context, container);
  ASSIGN_OR_RETURN(auto monitor, context.modules.launcher->Launch(
                                     MonitorConfig(context, *container, runtime, wish), observer));
  container->SetMonitor(monitor);
  if (wish != nullptr) {
    ASSIGN_OR_RETURN(reply.streams,
                     context.modules.launcher->AttachStreams(context.RunDirectory(container->id()),
                                                             wish->what, wish->observer));
  }
  return observer->WaitStarted(context.settings.start_timeout);
}

Result<Started> StartHeld(Context& context, const std::shared_ptr<Container>& container,
                          const StreamWish* wish) {
  const runtime::OciRuntime* runtime = context.FindRuntime(container->config().runtime);
  if (runtime == nullptr) {
    return FailedPrecondition("runtime " + Quote(container->config().runtime) +
                              " is not configured any more");
  }
  ASSIGN_OR_RETURN(const auto mounts, context.modules.channels->Mount(container->id()));
  if (mounts->entries().size() != container->config().channels.size()) {
    // A removal was cut short after its channels had gone.
    return FailedPrecondition("its host channels have been removed: it can only be removed too");
  }
  Started reply;
  Result<std::vector<std::string>> warnings = WriteBundle(
      context, *container, mounts->entries(), wish != nullptr ? wish->window : shim::WindowSize{});
  if (!warnings) {
    IgnoreError(RemoveBundle(context, *container));  // the first error is the one to report
    return std::move(warnings).error();
  }
  reply.warnings = *std::move(warnings);
  RETURN_IF_ERROR(context.modules.store->RemoveExitRecord(container->id()));
  const Result<shim::Started> started = Run(context, container, *runtime, wish, reply);
  if (!started) {
    Undo(context, container, *runtime);
    return started.error();
  }
  mounts->Commit();
  const Result<State> state = container->Apply(Event::kStarted, [&](State& next) {
    next.pid = started->pid;
    next.start_time = started->start_time;
    next.boot_id = context.settings.boot_id;
    next.started_at = context.modules.clock->Now();
    next.finished_at = {};
    next.exit_code = 0;
    next.oom_killed = false;
  });
  RETURN_IF_ERROR(state);
  if (const Status saved = Persist(context, *container, *state); !saved) {
    // It runs, and a daemon that starts anew finds that out from its monitor.
    log::Error("state not saved", {{"id", container->id()}, {"reason", saved.error().message()}});
  }
  return reply;
}

void Fail(Context& context, const std::shared_ptr<Container>& container, const Error& error) {
  const Result<State> state = container->Apply(Event::kStartFailed, [&](State& next) {
    next.error = error.message();
    next.exit_code = error.exit_code() != 0 ? error.exit_code() : 125;
  });
  if (state && !container->config().auto_remove) {
    IgnoreError(Persist(context, *container, *state));  // for show only; the caller gets the error
  }
  container->NotifyExit();
}

}  // namespace

Result<Started> Start(Context& context, const std::shared_ptr<Container>& container,
                      const StreamWish* wish) {
  ASSIGN_OR_RETURN(const ScopedOperation operation, ScopedOperation::Acquire(container));
  if (container->state().phase == Phase::kRunning) {
    Started reply;
    reply.was_running = true;
    return reply;
  }
  Result<State> starting = container->Apply(Event::kStart, [](State& next) { next.error.clear(); });
  if (!starting) {
    return std::move(starting).error().AddContext("container " + Quote(container->name()));
  }
  Result<Started> started = StartHeld(context, container, wish);
  if (started) {
    log::Info(
        "container started",
        {{"id", container->id()}, {"name", container->name()}, {"pid", container->state().pid}});
    return started;
  }
  Fail(context, container, started.error());
  if (container->config().auto_remove) {
    RemoveAtEnd(context, container);
  }
  return started;
}

}  // namespace isulad::container
