// The daemon and its host, as the commands use them. Errors are described in client/errors.h.
#ifndef ISULAD_CMD_ISULA_CLIENT_SYSTEM_CLIENT_H_
#define ISULAD_CMD_ISULA_CLIENT_SYSTEM_CLIENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::client {

struct ServerVersion {
  std::string version;
  std::string git_commit;  // empty if not known
  std::string api_version;
};

// Sizes are in bytes.
struct SystemInfo {
  uint32_t containers = 0;
  uint32_t running = 0;
  uint32_t paused = 0;
  uint32_t stopped = 0;
  std::string server_version;
  std::string default_runtime;
  std::vector<std::string> runtimes;
  std::string log_driver;
  std::string cgroup_layout;
  std::string kernel_version;
  std::string operating_system;
  std::string architecture;
  uint32_t cpus = 0;
  uint64_t memory_total = 0;
  std::string name;
  std::string root_directory;
  std::string state_directory;
  bool swap_accounting = false;
  uint32_t host_channels = 0;  // number of channels
  uint64_t host_channel_reserved = 0;
  uint64_t host_channel_max = 0;
  bool seccomp = false;
  bool host_mount_namespace = false;
};

class SystemClient {
 public:
  virtual ~SystemClient() = default;
  virtual Result<ServerVersion> Version() = 0;
  virtual Result<SystemInfo> Info() = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_SYSTEM_CLIENT_H_
