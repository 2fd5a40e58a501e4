// The process at the other end of each connection: the credentials that the kernel gave for the
// socket.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_PEERS_H_
#define ISULAD_DAEMON_ENTRY_GRPC_PEERS_H_

#include <sys/types.h>

#include <string>
#include <unordered_map>

#include "utils/base/mutex.h"

namespace isulad::entry {

struct Peer {
  uid_t uid = static_cast<uid_t>(-1);  // -1: not known
  pid_t pid = 0;
};

// The process at the other end of the socket `fd`; unknown if the kernel does not tell.
Peer PeerOf(int fd);

// The peers of open connections. gRPC names a connection that was handed to it as a descriptor by
// the descriptor's number ("fd:12"). The name is valid until the descriptor is closed; the next
// connection with that number replaces the entry. Thread-safe.
class Peers {
 public:
  void Set(int fd, Peer peer) EXCLUDES(mutex_);
  // `name`: the result of grpc::ServerContext::peer().
  Peer Find(const std::string& name) const EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  std::unordered_map<std::string, Peer> peers_ GUARDED_BY(mutex_);
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_PEERS_H_
