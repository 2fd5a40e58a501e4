#include "daemon/modules/container/exec.h"

#include <utility>

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/run_observer.h"
#include "daemon/modules/container/stream_relay.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/file.h"
#include "utils/os/random.h"

namespace isulad::container {
namespace {

constexpr char kProcessFile[] = "process.json";

std::string ExecsDirectory(const Context& context, const std::string& id) {
  return context.RunDirectory(id) + "/exec";
}

// Listens to an exec's monitor, and clears its directory away at the end.
class ExecObserver final : public shim::MonitorObserver {
 public:
  ExecObserver(Context* context, std::string directory, std::shared_ptr<StreamRelay> relay)
      : context_(context), directory_(std::move(directory)), relay_(std::move(relay)) {}

  Result<shim::Started> WaitStarted(std::chrono::milliseconds timeout) {
    return outcome_.Wait(timeout);
  }

  void OnStarted(const shim::Started& started) override { outcome_.Set(started); }
  void OnStartFailed(const shim::StartFailed& failed) override { outcome_.Set(StartError(failed)); }
  void OnExited(const shim::Exited& exited) override {
    Finish(SessionEnd{exited.signal != 0 ? 128 + exited.signal : exited.code, {}});
  }
  void OnLost(const Error& reason) override {
    const Error lost(Code::kInternal, "the monitor ended unexpectedly: " + reason.message());
    outcome_.Set(lost);
    Finish(lost);
  }

 private:
  void Finish(Result<SessionEnd> end) {
    context_->modules.workers->Post([directory = directory_] {
      // What stays goes with the container.
      IgnoreError(os::RemoveTree(directory));
    });
    if (relay_) {
      relay_->ProcessEnded(std::move(end));
    }
  }

  Context* context_;
  const std::string directory_;
  const std::shared_ptr<StreamRelay> relay_;
  StartOutcome outcome_;
};

class ExecSession final : public Session {
 public:
  ExecSession(std::shared_ptr<shim::Monitor> monitor, std::shared_ptr<StreamRelay> relay,
              std::unique_ptr<shim::Streams> streams)
      : monitor_(std::move(monitor)), relay_(std::move(relay)), streams_(std::move(streams)) {}
  ~ExecSession() override { relay_->Abandon(); }

  void ReadMore() override {
    if (streams_) {
      streams_->ReadMore();
    }
  }
  void WriteStdin(std::string bytes, std::function<void()> taken) override {
    if (streams_) {
      streams_->WriteStdin(std::move(bytes), std::move(taken));
    }
  }
  void CloseStdin() override {
    if (streams_) {
      streams_->CloseStdin();
    }
  }
  void Resize(shim::WindowSize size) override {
    if (streams_) {
      streams_->Resize(size);
    }
  }
  void Signal(int signal) override {
    monitor_->Signal(signal, [](const Status&) {});  // it may have ended: nobody to tell
  }

 private:
  std::shared_ptr<shim::Monitor> monitor_;
  std::shared_ptr<StreamRelay> relay_;
  std::unique_ptr<shim::Streams> streams_;  // nothing where detached
};

shim::Config MonitorConfig(const Context& context, const Container& container,
                           const runtime::OciRuntime& runtime, const ExecRequest& request,
                           const std::string& directory) {
  shim::Config config;
  config.id = container.id();
  config.directory = directory;
  config.start_command = runtime.ExecCommand(
      {container.id(), directory + "/" + kProcessFile, directory + "/" + shim::kPidFileName,
       directory + "/" + shim::kRuntimeLogName,
       request.process.terminal ? shim::kConsoleSocketName : ""});
  config.environment = runtime.Environment();
  config.hide_unified_cgroup = runtime.NeedsUnifiedCgroupHidden();
  config.own_cgroups = context.modules.cgroups->MonitorDirectories(context.MonitorCgroupPath());
  config.v1_tasks = context.modules.cgroups->layout() != cgroup::Layout::kV2;
  config.terminal = request.process.terminal;
  config.window = request.window;
  config.open_stdin = request.open_stdin;
  config.stdin_once = true;
  config.wait_for_attach = !request.detach;
  return config;
}

Status WriteProcess(const Context& context, const Container& container, const ExecRequest& request,
                    const std::string& directory) {
  ASSIGN_OR_RETURN(const json::Value process,
                   BuildExec(context, container, request.process, request.window));
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0700));
  return os::WriteFileAtomic(directory + "/" + kProcessFile, json::Serialize(process), 0600,
                             os::Sync::kNone);
}

Error NotRunning(const Container& container) {
  return FailedPrecondition("container " + Quote(container.name()) + " is not running");
}

// What an exec is made of; the caller removes the directory where this fails.
Result<std::unique_ptr<Session>> Run(Context& context, const Container& container,
                                     const ExecRequest& request, const std::string& directory,
                                     SessionOpened opened, std::shared_ptr<StreamRelay> relay) {
  const runtime::OciRuntime* runtime = context.FindRuntime(container.config().runtime);
  if (runtime == nullptr) {
    return FailedPrecondition("runtime " + Quote(container.config().runtime) +
                              " is not configured any more");
  }
  RETURN_IF_ERROR(WriteProcess(context, container, request, directory));
  const auto observer =
      std::make_shared<ExecObserver>(&context, directory, request.detach ? nullptr : relay);
  ASSIGN_OR_RETURN(auto monitor,
                   context.modules.launcher->Launch(
                       MonitorConfig(context, container, *runtime, request, directory), observer));
  std::unique_ptr<shim::Streams> streams;
  if (!request.detach) {
    ASSIGN_OR_RETURN(streams, context.modules.launcher->AttachStreams(
                                  directory, {request.open_stdin, true, true}, relay));
  }
  ASSIGN_OR_RETURN(const shim::Started started,
                   observer->WaitStarted(context.settings.start_timeout));
  opened.pid = started.pid;
  auto session = std::make_unique<ExecSession>(std::move(monitor), relay, std::move(streams));
  if (request.detach) {
    relay->OnEnd();
    relay->ProcessEnded(SessionEnd{});
  }
  relay->Open(opened);
  return std::unique_ptr<Session>(std::move(session));
}

}  // namespace

Result<std::unique_ptr<Session>> Exec(Context& context, const ExecRequest& request,
                                      std::shared_ptr<SessionObserver> observer) {
  ASSIGN_OR_RETURN(const auto container, context.registry.Find(request.reference));
  RETURN_IF_ERROR(spec::ValidateProcess(request.process));
  if (container->state().phase != Phase::kRunning) {
    return NotRunning(*container);
  }
  SessionOpened opened;
  opened.terminal = request.process.terminal;
  opened.exec_id = os::RandomId();
  const std::string directory = ExecsDirectory(context, container->id()) + "/" + opened.exec_id;
  Result<std::unique_ptr<Session>> session =
      Run(context, *container, request, directory, opened,
          std::make_shared<StreamRelay>(std::move(observer)));
  if (!session) {
    IgnoreError(os::RemoveTree(directory));  // the first error is the one to report
    if (container->state().phase != Phase::kRunning) {
      return NotRunning(*container);  // it ended meanwhile: that is what went wrong
    }
    return session;
  }
  log::Info("process started", {{"id", container->id()},
                                {"op", "exec"},
                                {"exec", opened.exec_id},
                                {"command", request.process.args.front()}});
  return session;
}

void RecoverExecs(Context& context, const Container& container) {
  const std::string execs = ExecsDirectory(context, container.id());
  const Result<std::vector<std::string>> names = os::ListDirectory(execs);
  if (!names) {
    return;  // there has been none
  }
  for (const std::string& name : *names) {
    const std::string directory = execs + "/" + name;
    const auto observer = std::make_shared<ExecObserver>(&context, directory, nullptr);
    if (!context.modules.launcher->Reconnect(directory, observer)) {
      IgnoreError(os::RemoveTree(directory));  // what stays goes with the container
    }
  }
}

}  // namespace isulad::container
