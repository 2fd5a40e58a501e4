#include "daemon/entry/grpc/server.h"

#include <grpcpp/server_posix.h>

#include <utility>

#include "utils/log/log.h"

namespace isulad::entry {
namespace {

constexpr int kMaxMessageBytes = 8 << 20;

void TellWhetherAccepting(const Status& status) {
  if (status) {
    log::Info("clients can connect again");
  } else {
    log::Error("no client can connect", {{"reason", status.error().message()}});
  }
}

}  // namespace

Result<std::unique_ptr<Server>> Server::Create(std::vector<os::UniqueFd> listeners,
                                               const Services& services,
                                               SystemInformation information,
                                               os::WorkerPool* workers, os::EventLoop* loop) {
  std::unique_ptr<Server> server(new Server);
  const CallEnvironment environment{workers, &server->peers_};
  server->containers_ = std::make_unique<ContainerServiceImpl>(services.containers, environment);
  server->channels_ = std::make_unique<ChannelServiceImpl>(services.channels, environment);
  server->events_ = std::make_unique<EventsServiceImpl>(services.events, environment);
  server->system_ =
      std::make_unique<SystemServiceImpl>(services.containers, std::move(information), environment);
  grpc::ServerBuilder builder;
  builder.RegisterService(server->containers_.get());
  builder.RegisterService(server->channels_.get());
  builder.RegisterService(server->events_.get());
  builder.RegisterService(server->system_.get());
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  server->server_ = builder.BuildAndStart();
  if (!server->server_) {
    return Internal("the gRPC server could not be started");
  }
  for (os::UniqueFd& listener : listeners) {
    ASSIGN_OR_RETURN(
        server->acceptors_.emplace_back(),
        os::Acceptor::Create(
            loop, std::move(listener),
            [raw = server.get()](os::UniqueFd socket) { raw->Serve(std::move(socket)); },
            TellWhetherAccepting));
  }
  return server;
}

void Server::Serve(os::UniqueFd connection) {
  peers_.Set(connection.get(), PeerOf(connection.get()));
  grpc::AddInsecureChannelFromFd(server_.get(), connection.release());
}

void Server::Shutdown(std::chrono::milliseconds grace) {
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

}  // namespace isulad::entry
