#include "daemon/modules/container/attach.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stream_relay.h"
#include "daemon/modules/container/waits.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

// A monitor that is gone does not answer, and the end of its container follows. A monitor that
// answers has dropped a client that held the others up, and the client has to be told.
void AskWhyCut(const Container& container, const std::weak_ptr<StreamRelay>& relay) {
  const std::shared_ptr<shim::Monitor> monitor = container.monitor();
  if (!monitor) {
    return;
  }
  Error dropped(Code::kAborted, "detached from container " + Quote(container.name()) +
                                    ", which goes on: none of its output was taken for 10 seconds");
  monitor->Signal(0, [relay, dropped = std::move(dropped)](const Status& answer) {
    if (const auto alive = relay.lock(); answer && alive) {
      alive->ProcessEnded(dropped);
    }
  });
}

// Whether the end of a client's input ends the container's input. A client that has joined others
// leaves the input open for them, unless the container was created for a single client.
bool EndsInput(const ContainerConfig& config, bool started) {
  return started || (config.process().stdin_once() && !config.process().terminal());
}

class AttachSession final : public Session {
 public:
  AttachSession(std::shared_ptr<Container> container, std::shared_ptr<StreamRelay> relay,
                std::unique_ptr<shim::Streams> streams, bool started)
      : container_(std::move(container)),
        relay_(std::move(relay)),
        streams_(std::move(streams)),
        ends_input_(EndsInput(container_->config(), started)) {
    wait_ = container_->OnExit(container_->config().host().auto_remove(),
                               [relay = relay_](const RunEnd& end) {
                                 relay->ProcessEnded(SessionEnd{end.exit_code, end.notices});
                               });
    relay_->WhenCut([container = container_, relay = std::weak_ptr<StreamRelay>(relay_)] {
      AskWhyCut(*container, relay);
    });
  }

  ~AttachSession() override {
    relay_->Abandon();
    container_->CancelWait(wait_);
  }

  void ReadMore() override { streams_->ReadMore(); }
  void WriteStdin(std::string bytes, std::function<void()> taken) override {
    streams_->WriteStdin(std::move(bytes), std::move(taken));
  }
  void CloseStdin() override {
    if (ends_input_) {
      streams_->CloseStdin();
    }
  }
  void Resize(shim::WindowSize size) override { streams_->Resize(size); }
  void Signal(int signal) override {
    if (const auto monitor = container_->monitor(); monitor) {
      monitor->Signal(signal, [](const Status&) {});  // fails if it has ended: nothing to report
    }
  }

 private:
  std::shared_ptr<Container> container_;
  std::shared_ptr<StreamRelay> relay_;
  std::unique_ptr<shim::Streams> streams_;
  const bool ends_input_;
  Container::WaitId wait_ = 0;
};

SessionOpened OpenedFor(const ContainerConfig& config, std::vector<std::string> warnings) {
  SessionOpened opened;
  opened.terminal = config.process().terminal();
  opened.open_stdin = config.process().open_stdin();
  opened.warnings = std::move(warnings);
  return opened;
}

Task<Result<std::unique_ptr<Session>>> JoinRun(Context& context,
                                               std::shared_ptr<Container> container,
                                               AttachRequest request,
                                               std::shared_ptr<StreamRelay> relay) {
  // Held so that no other run begins between the connection and the wait for the end.
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  CO_RETURN_IF_ERROR(RequireRunning(*container));
  auto streams = context.modules.launcher->AttachStreams(context.RunDirectory(container->id()),
                                                         request.streams, relay);
  if (!streams) {
    // The monitor has closed its socket, and the end is recorded once this operation is over.
    co_return FailedPrecondition(Named(*container) + " is not running");
  }
  if (request.window != shim::WindowSize{}) {
    (*streams)->Resize(request.window);
  }
  auto session =
      std::make_unique<AttachSession>(container, relay, *std::move(streams), /*started=*/false);
  context.announcer.Publish(*container, events::EventType::kAttach);
  relay->Open(OpenedFor(container->config(), {}));
  co_return std::unique_ptr<Session>(std::move(session));
}

}  // namespace

Task<Result<std::unique_ptr<Session>>> Attach(Context& context, AttachRequest request,
                                              std::shared_ptr<SessionObserver> observer) {
  CO_ASSIGN_OR_RETURN(const auto container, context.registry.Find(request.reference));
  const auto relay = std::make_shared<StreamRelay>(std::move(observer));
  if (!request.start) {
    co_return co_await JoinRun(context, container, request, relay);
  }
  const FirstClient client{request.streams, request.window, relay};
  CO_ASSIGN_OR_RETURN(Started started, co_await Start(context, container, &client));
  if (started.was_running) {
    co_return co_await JoinRun(context, container, request, relay);
  }
  std::unique_ptr<Session> session = std::make_unique<AttachSession>(
      container, relay, std::move(started.streams), /*started=*/true);
  relay->Open(OpenedFor(container->config(), std::move(started.warnings)));
  co_return std::move(session);
}

}  // namespace isulad::container
