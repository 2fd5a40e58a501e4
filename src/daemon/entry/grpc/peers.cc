#include "daemon/entry/grpc/peers.h"

namespace isulad::entry {

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
