// The daemon's sockets: claimed before the daemon looks at anything else, served once it is ready.
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
    std::string group;  // of the sockets; if it does not exist they stay root's, with a warning
  };

  // Listens on all hosts, mode 0660; clients that connect wait for the server. A socket on which no
  // program listens is replaced; kAlreadyExists if one does.
  static Result<Listeners> Claim(const Config& config);
  // Removes the sockets.
  ~Listeners();
  Listeners(Listeners&&) = default;
  Listeners& operator=(Listeners&&) = delete;

  // Hands the listening descriptors, non-blocking, over to the caller. The socket files stay with
  // this object.
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
