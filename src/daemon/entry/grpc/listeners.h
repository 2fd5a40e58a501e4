// The sockets of the daemon: claimed before it looks at anything, served when it is ready.
#ifndef ISULAD_DAEMON_ENTRY_GRPC_LISTENERS_H_
#define ISULAD_DAEMON_ENTRY_GRPC_LISTENERS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::entry {

class Listeners {
 public:
  struct Config {
    std::vector<std::string> hosts;  // "unix:///path"
    std::string
        group;  // of the sockets; where there is no such group they stay root's, with a warning
  };

  // Listens on all hosts, mode 0660; who connects waits for the server. A socket that nobody
  // answers on is replaced; one that somebody does is kAlreadyExists.
  static Result<Listeners> Claim(const Config& config);
  // The sockets are removed.
  ~Listeners();
  Listeners(Listeners&&) = default;
  Listeners& operator=(Listeners&&) = delete;

  // The listening descriptors, non-blocking; theirs who takes them. The files stay ours.
  std::vector<os::UniqueFd> Take();
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Listener {
    std::string path;
    os::UniqueFd socket;
  };
  Listeners() = default;
  Status Listen(const std::string& host, const std::string& group);

  std::vector<Listener> listeners_;
  std::vector<std::string> warnings_;
};

}  // namespace isulad::entry

#endif  // ISULAD_DAEMON_ENTRY_GRPC_LISTENERS_H_
