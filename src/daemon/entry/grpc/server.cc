#include "daemon/entry/grpc/server.h"

#include <grp.h>
#include <grpcpp/server_posix.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/unix_socket.h"

namespace isulad::entry {
namespace {

constexpr std::string_view kUnixScheme = "unix://";
constexpr mode_t kSocketMode = 0660;
constexpr int kMaxMessageBytes = 8 << 20;

Peer PeerOf(int fd) {
  struct ucred credentials = {};
  socklen_t length = sizeof(credentials);
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
    return {};
  }
  return {credentials.uid, credentials.pid};
}

bool HasEnded(const Peer& listener) {
  // No pid: it lives where we cannot see it.
  return listener.pid > 0 && ::kill(listener.pid, 0) != 0 && errno == ESRCH;
}

// A socket file that a daemon left which did not end cleanly is in the way; one that is in use is
// somebody else's.
// Where the daemon was killed while it started a program, the child answers for it until it execs.
Status ClearStaleSocket(const std::string& path) {
  struct stat attributes = {};
  if (::lstat(path.c_str(), &attributes) != 0) {
    return OkStatus();
  }
  if (!S_ISSOCK(attributes.st_mode)) {
    return AlreadyExists(Quote(path) + " exists and is not a socket");
  }
  if (const auto connection = os::ConnectUnix(path);
      connection && !HasEnded(PeerOf(connection->get()))) {
    return AlreadyExists("another program listens on " + Quote(path));
  }
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove " + Quote(path));
  }
  return OkStatus();
}

// False where there is no such group.
Result<bool> GiveToGroup(const std::string& path, const std::string& group) {
  const struct group* entry = ::getgrnam(group.c_str());  // at start-up only: one thread
  if (entry == nullptr) {
    return false;
  }
  if (::chown(path.c_str(), 0, entry->gr_gid) != 0) {
    return SystemError(errno, "change group of " + Quote(path));
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::Create(const Config& config, const Services& services,
                                               SystemInformation information,
                                               os::WorkerPool* workers, os::EventLoop* loop) {
  std::unique_ptr<Server> server(new Server(loop));
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
  for (const std::string& host : config.hosts) {
    RETURN_IF_ERROR(server->Listen(host, config.group));
  }
  return server;
}

Status Server::Listen(const std::string& host, const std::string& group) {
  const std::string path = host.substr(kUnixScheme.size());
  RETURN_IF_ERROR(ClearStaleSocket(path));
  // A client whose connection finds the queue full is refused at once: as long as the kernel
  // allows.
  ASSIGN_OR_RETURN(os::UniqueFd socket, os::ListenUnix(path, kSocketMode, SOMAXCONN));
  RETURN_IF_ERROR(os::SetNonBlocking(socket.get()));
  const int fd = socket.get();
  listeners_.push_back({path, std::move(socket)});
  ASSIGN_OR_RETURN(const bool given, GiveToGroup(path, group));
  if (!given) {
    warnings_.push_back("there is no group " + Quote(group) + ": only root can use " + Quote(path));
  }
  return loop_->Add(fd, EPOLLIN, [this, fd](uint32_t) { AcceptAll(fd); });
}

void Server::AcceptAll(int listener) {
  for (;;) {
    Result<os::UniqueFd> connection = os::Accept(listener, true);
    if (!connection) {
      return;  // none waits, or the client has gone again
    }
    peers_.Set(connection->get(), PeerOf(connection->get()));
    grpc::AddInsecureChannelFromFd(server_.get(), connection->release());
  }
}

void Server::Shutdown(std::chrono::milliseconds grace) {
  server_->Shutdown(std::chrono::system_clock::now() + grace);
  server_->Wait();
}

Server::~Server() {
  for (const Listener& listener : listeners_) {
    loop_->Remove(listener.socket.get());
    ::unlink(listener.path.c_str());  // gone already: all the better
  }
}

}  // namespace isulad::entry
