// The daemon's channels, as the commands use them. Errors are described in client/errors.h.
#ifndef ISULAD_CMD_ISULA_CLIENT_CHANNEL_CLIENT_H_
#define ISULAD_CMD_ISULA_CLIENT_CHANNEL_CLIENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::client {

struct ChannelUser {
  std::string container_id;
  std::string container_name;
  std::string path_in_container;
  std::string permissions;  // "rw" or "ro"
};

// Sizes are in bytes. Usage is 0 while the channel is not mounted.
struct Channel {
  std::string id;
  std::string path_on_host;
  uint64_t size = 0;
  std::vector<std::string> options;
  bool mounted = false;
  uint64_t used = 0;
  uint64_t free = 0;
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
  std::vector<ChannelUser> users;
};

struct ChannelChange {
  std::string id;  // of the channel
  std::vector<std::string> warnings;
};

class ChannelClient {
 public:
  virtual ~ChannelClient() = default;
  // The channels of `container`; all of the daemon's channels if that is empty.
  virtual Result<std::vector<Channel>> List(const std::string& container) = 0;
  // `spec` as the user wrote it.
  virtual Result<ChannelChange> Add(const std::string& container, const std::string& spec) = 0;
  virtual Result<ChannelChange> Remove(const std::string& container,
                                       const std::string& host_path) = 0;
  // `size` as the user wrote it.
  virtual Result<ChannelChange> Resize(const std::string& container, const std::string& host_path,
                                       const std::string& size) = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CHANNEL_CLIENT_H_
