#include "daemon/entry/grpc/listeners.h"

#include <grp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "daemon/entry/grpc/peers.h"
#include "utils/base/strings.h"
#include "utils/os/unix_socket.h"

namespace isulad::entry {
namespace {

constexpr std::string_view kUnixScheme = "unix://";
constexpr mode_t kSocketMode = 0660;

bool HasEnded(const Peer& listener) {
  // No pid: the listener lives where it cannot be seen from here.
  return listener.pid > 0 && ::kill(listener.pid, 0) != 0 && errno == ESRCH;
}

// Removes a socket file left by a daemon that did not end cleanly. A socket in use belongs to
// another program: kAlreadyExists. If a daemon was killed while it started a program, the child
// keeps the socket open until it execs, so the process that listens must also be alive.
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

// False if there is no such group.
Result<bool> GiveToGroup(const std::string& path, const std::string& group) {
  const struct group* entry = ::getgrnam(group.c_str());  // called at start-up only, by one thread
  if (entry == nullptr) {
    return false;
  }
  if (::chown(path.c_str(), 0, entry->gr_gid) != 0) {
    return SystemError(errno, "change group of " + Quote(path));
  }
  return true;
}

}  // namespace

Result<Listeners> Listeners::Claim(const Config& config) {
  Listeners listeners;
  for (const std::string& host : config.hosts) {
    RETURN_IF_ERROR(listeners.Listen(host, config.group));
  }
  return listeners;
}

Status Listeners::Listen(const std::string& host, const std::string& group) {
  const std::string path = host.substr(kUnixScheme.size());
  RETURN_IF_ERROR(ClearStaleSocket(path));
  // A client that finds the queue full is refused at once, so the queue is as long as the kernel
  // allows.
  ASSIGN_OR_RETURN(os::UniqueFd socket, os::ListenUnix(path, kSocketMode, SOMAXCONN));
  listeners_.push_back({path, std::move(socket)});
  RETURN_IF_ERROR(os::SetNonBlocking(listeners_.back().socket.get()));
  ASSIGN_OR_RETURN(const bool given, GiveToGroup(path, group));
  if (!given) {
    warnings_.push_back("there is no group " + Quote(group) + ": only root can use " + Quote(path));
  }
  return OkStatus();
}

std::vector<os::UniqueFd> Listeners::Take() {
  std::vector<os::UniqueFd> sockets;
  for (Listener& listener : listeners_) {
    sockets.push_back(std::move(listener.socket));
  }
  return sockets;
}

Listeners::~Listeners() {
  for (const Listener& listener : listeners_) {
    ::unlink(listener.path.c_str());  // it may be gone already
  }
}

}  // namespace isulad::entry
