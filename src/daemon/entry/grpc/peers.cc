#include "daemon/entry/grpc/peers.h"

#include <sys/socket.h>

namespace isulad::entry {

Peer PeerOf(int fd) {
  struct ucred credentials = {};
  socklen_t length = sizeof(credentials);
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
    return {};
  }
  return {credentials.uid, credentials.pid};
}

void Peers::Set(int fd, Peer peer) {
  MutexLock lock(mutex_);
  peers_["fd:" + std::to_string(fd)] = peer;
}

Peer Peers::Find(const std::string& name) const {
  MutexLock lock(mutex_);
  const auto found = peers_.find(name);
  return found == peers_.end() ? Peer{} : found->second;
}

}  // namespace isulad::entry
