#include "daemon/modules/container/exec.h"

#include <optional>
#include <set>
#include <utility>

#include "daemon/modules/container/exec_launch.h"
#include "daemon/modules/container/start_outcome.h"
#include "daemon/modules/container/stream_relay.h"
#include "daemon/modules/container/waits.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/file.h"
#include "utils/os/random.h"

namespace isulad::container {
namespace {

std::string ExecsDirectory(const Context& context, const std::string& id) {
  return context.RunDirectory(id) + "/exec";
}

// Listens to an exec's monitor: tells of its end, and clears its directory away.
class ExecObserver final : public shim::MonitorObserver,
                           public std::enable_shared_from_this<ExecObserver> {
 public:
  ExecObserver(Context* context, std::shared_ptr<Container> container, std::string exec_id,
               std::string directory, std::shared_ptr<StreamRelay> relay)
      : context_(context),
        container_(std::move(container)),
        exec_id_(std::move(exec_id)),
        directory_(std::move(directory)),
        relay_(std::move(relay)) {}

  StartOutcome& outcome() { return *outcome_; }
  // To be called when its start has been told: an end that came before is told after it.
  void StartTold() EXCLUDES(mutex_) {
    std::optional<Result<SessionEnd>> end;
    {
      MutexLock lock(mutex_);
      start_told_ = true;
      end.swap(early_end_);
    }
    if (end) {
      Finish(*std::move(end));
    }
  }

  void OnStarted(const shim::Started& started) override { outcome_->Set(started); }
  void OnStartFailed(const shim::StartFailed& failed) override {
    outcome_->Set(StartError(failed));
  }
  void OnExited(const shim::Exited& exited) override {
    Finish(SessionEnd{exited.ShellStatus(), {}});
  }
  void OnLost(const Error& reason) override {
    const Error lost(Code::kInternal, "the monitor ended unexpectedly: " + reason.message());
    outcome_->Set(lost);
    Finish(lost);
  }

 private:
  void Finish(Result<SessionEnd> end) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      if (!start_told_) {
        early_end_ = std::move(end);  // of a start that fails, nothing is told
        return;
      }
    }
    // Not on the event loop: the journal of events is written.
    context_->modules.workers->Post([self = shared_from_this(), end = std::move(end)] {
      self->context_->announcer.ExecEnd(*self->container_, self->exec_id_,
                                        end ? std::optional<int>(end->exit_code) : std::nullopt);
      if (self->relay_) {
        self->relay_->ProcessEnded(end);
      }
      // What stays goes with the container.
      IgnoreError(os::RemoveTree(self->directory_));
    });
  }

  Context* const context_;
  const std::shared_ptr<Container> container_;
  const std::string exec_id_;
  const std::string directory_;
  const std::shared_ptr<StreamRelay> relay_;
  const std::shared_ptr<StartOutcome> outcome_ = std::make_shared<StartOutcome>();
  Mutex mutex_;
  bool start_told_ GUARDED_BY(mutex_) = false;
  std::optional<Result<SessionEnd>> early_end_ GUARDED_BY(mutex_);
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

Result<shim::Config> MonitorConfig(const Context& context, const Container& container,
                                   const runtime::OciRuntime& runtime, const ExecRequest& request,
                                   const std::string& directory) {
  ASSIGN_OR_RETURN(shim::Config config, ExecMonitorConfig(context, container, runtime,
                                                          request.process.terminal(), directory));
  config.window = request.window;
  config.open_stdin = request.process.open_stdin();
  config.wait_for_attach = !request.detach;
  return config;
}

Status ConnectStreams(Context& context, const ExecRequest& request, const std::string& directory,
                      std::shared_ptr<StreamRelay> relay, std::unique_ptr<shim::Streams>& streams) {
  if (!request.detach) {
    ASSIGN_OR_RETURN(streams,
                     context.modules.launcher->AttachStreams(
                         directory, {request.process.open_stdin(), true, true}, std::move(relay)));
  }
  return OkStatus();
}

// What an exec is made of; the caller, whose `request` it borrows, removes the directory where this
// fails.
Task<Result<std::unique_ptr<Session>>> Launch(Context& context,
                                              std::shared_ptr<Container> container,
                                              const ExecRequest* request, std::string directory,
                                              SessionOpened opened,
                                              std::shared_ptr<StreamRelay> relay) {
  CO_ASSIGN_OR_RETURN(const runtime::OciRuntime* runtime, context.RuntimeOf(container->config()));
  CO_RETURN_IF_ERROR(
      WriteExecProcess(context, *container, request->process, request->window, directory));
  const auto observer = std::make_shared<ExecObserver>(
      &context, container, opened.exec_id, directory, request->detach ? nullptr : relay);
  CO_ASSIGN_OR_RETURN(const shim::Config config,
                      MonitorConfig(context, *container, *runtime, *request, directory));
  CO_ASSIGN_OR_RETURN(auto monitor, context.modules.launcher->Launch(config, observer));
  std::unique_ptr<shim::Streams> streams;
  const Status connected = ConnectStreams(context, *request, directory, relay, streams);
  CO_ASSIGN_OR_RETURN(const shim::Started started,
                      co_await observer->outcome().Settle(context, monitor, connected));
  context.announcer.ExecStart(*container, opened.exec_id);
  observer->StartTold();
  opened.pid = started.pid;
  auto session = std::make_unique<ExecSession>(std::move(monitor), relay, std::move(streams));
  if (request->detach) {
    relay->OnEnd();
    relay->ProcessEnded(SessionEnd{});
  }
  relay->Open(opened);
  co_return std::unique_ptr<Session>(std::move(session));
}

}  // namespace

Task<Result<std::unique_ptr<Session>>> Exec(Context& context, ExecRequest request,
                                            std::shared_ptr<SessionObserver> observer) {
  CO_ASSIGN_OR_RETURN(const auto container, context.registry.Find(request.reference));
  CO_RETURN_IF_ERROR(spec::ValidateProcess(request.process));
  CO_RETURN_IF_ERROR(RequireRunning(*container));
  SessionOpened opened;
  opened.terminal = request.process.terminal();
  opened.exec_id = os::RandomId();
  const std::string directory = ExecsDirectory(context, container->id()) + "/" + opened.exec_id;
  const auto relay = std::make_shared<StreamRelay>(std::move(observer));
  Result<std::unique_ptr<Session>> session =
      co_await Launch(context, container, &request, directory, opened, relay);
  if (!session) {
    IgnoreError(os::RemoveTree(directory));          // the first error is the one to report
    CO_RETURN_IF_ERROR(RequireRunning(*container));  // it ended meanwhile: that is what went wrong
    co_return std::move(session);
  }
  log::Info("process started", {{"id", container->id()},
                                {"op", "exec"},
                                {"exec", opened.exec_id},
                                {"command", spec::CommandOf(request.process).front()}});
  co_return std::move(session);
}

void RecoverExecs(Context& context, const std::shared_ptr<Container>& container) {
  const std::string execs = ExecsDirectory(context, container->id());
  std::set<std::string> running;
  // There is no directory where there has been no exec.
  for (const std::string& name : os::ListDirectory(execs).value_or(std::vector<std::string>())) {
    const std::string directory = execs + "/" + name;
    const auto observer =
        std::make_shared<ExecObserver>(&context, container, name, directory, nullptr);
    observer->StartTold();
    if (context.modules.launcher->Reconnect(directory, observer)) {
      running.insert(name);
    } else {
      IgnoreError(os::RemoveTree(directory));  // what stays goes with the container
    }
  }
  context.announcer.CatchUpExecs(*container, running);
}

}  // namespace isulad::container
