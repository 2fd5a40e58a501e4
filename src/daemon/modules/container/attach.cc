#include "daemon/modules/container/attach.h"

#include <utility>

#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stream_relay.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

class AttachSession final : public Session {
 public:
  AttachSession(std::shared_ptr<Container> container, std::shared_ptr<StreamRelay> relay,
                std::unique_ptr<shim::Streams> streams)
      : container_(std::move(container)), relay_(std::move(relay)), streams_(std::move(streams)) {
    wait_ =
        container_->OnExit(container_->config().auto_remove, [relay = relay_](const RunEnd& end) {
          relay->ProcessEnded(SessionEnd{end.exit_code, end.notices});
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
  void CloseStdin() override { streams_->CloseStdin(); }
  void Resize(shim::WindowSize size) override { streams_->Resize(size); }
  void Signal(int signal) override {
    if (const auto monitor = container_->monitor(); monitor) {
      monitor->Signal(signal, [](const Status&) {});  // it may have ended: nobody to tell
    }
  }

 private:
  std::shared_ptr<Container> container_;
  std::shared_ptr<StreamRelay> relay_;
  std::unique_ptr<shim::Streams> streams_;
  Container::WaitId wait_ = 0;
};

Result<std::unique_ptr<shim::Streams>> ConnectRunning(Context& context, const Container& container,
                                                      const shim::Attach& what,
                                                      std::shared_ptr<StreamRelay> relay) {
  if (container.state().phase != Phase::kRunning) {
    return FailedPrecondition("container " + Quote(container.name()) + " is not running");
  }
  return context.modules.launcher->AttachStreams(context.RunDirectory(container.id()), what,
                                                 std::move(relay));
}

}  // namespace

Result<std::unique_ptr<Session>> Attach(Context& context, const AttachRequest& request,
                                        std::shared_ptr<SessionObserver> observer) {
  ASSIGN_OR_RETURN(const auto container, context.registry.Find(request.reference));
  auto relay = std::make_shared<StreamRelay>(std::move(observer));
  SessionOpened opened;
  opened.terminal = container->config().process.terminal;
  std::unique_ptr<shim::Streams> streams;
  if (request.start) {
    const StreamWish wish{request.streams, request.window, relay};
    ASSIGN_OR_RETURN(Started started, Start(context, container, &wish));
    streams = std::move(started.streams);
    opened.warnings = std::move(started.warnings);
  }
  if (!streams) {
    ASSIGN_OR_RETURN(streams, ConnectRunning(context, *container, request.streams, relay));
    streams->Resize(request.window);
  }
  auto session = std::make_unique<AttachSession>(container, relay, std::move(streams));
  relay->Open(opened);
  return std::unique_ptr<Session>(std::move(session));
}

}  // namespace isulad::container
