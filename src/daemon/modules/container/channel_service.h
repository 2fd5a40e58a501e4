// The operations on channels that containers have, as the daemon's entry points see them.
// Thread-safe; calls may block for as long as the work takes. In every call `reference` is the
// name, the id or a unique prefix of the id of a container; an unknown one is kNotFound with `No
// such container: X`.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_SERVICE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_SERVICE_H_

#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/manager.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// A container that a channel belongs to.
struct ChannelUser {
  std::string id;
  std::string name;
  std::string container_path;
  host_channel::Access access = host_channel::Access::kReadWrite;
};

struct ChannelSummary {
  host_channel::ChannelState state;
  std::vector<ChannelUser> users;
};

struct ResizeRequest {
  std::string host_path;
  std::string size;  // as the user wrote it
};

struct ChannelChange {
  std::string id;  // of the channel
  std::vector<std::string> warnings;
};

class ChannelService {
 public:
  virtual ~ChannelService() = default;

  // All channels, or those of one container if `reference` is not empty, in the order of their host
  // paths.
  virtual Result<std::vector<ChannelSummary>> List(const std::string& reference) = 0;
  // Gives the container one more channel, immediately if it runs; `spec` as in --host-channel.
  // Either succeeds completely or changes nothing.
  virtual Task<Result<ChannelChange>> Add(std::string reference, std::string spec) = 0;
  // Takes a channel away from the container, immediately if it runs; the warnings tell what the
  // user should know about the removal. kFailedPrecondition if something that belongs to others is
  // in the way.
  virtual Task<Result<ChannelChange>> Remove(std::string reference, std::string host_path) = 0;
  // Grows or shrinks a channel of the container, and with it the memory limits of the containers
  // that add the channel's size to theirs. Either succeeds completely or changes nothing.
  virtual Task<Result<ChannelChange>> Resize(std::string reference, ResizeRequest request) = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_SERVICE_H_
