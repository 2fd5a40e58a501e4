// What can be asked for of channels while containers have them, as the entries of the daemon see
// it. Thread-safe; calls may block for as long as the work takes. In every call `reference` is a
// name, an id or a unique prefix of an id of a container; an unknown one is kNotFound with `No such
// container: X`.
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

  // All channels, or with a `reference` those of one container, in the order of their host paths.
  virtual Result<std::vector<ChannelSummary>> List(const std::string& reference) = 0;
  // Gives the container one more channel, now if it runs; `spec` as in --host-channel. All of it,
  // or nothing.
  virtual Task<Result<ChannelChange>> Add(std::string reference, std::string spec) = 0;
  // Takes a channel from the container, now if it runs; the warnings say what there is to know of
  // it. kFailedPrecondition where something of others stands in the way.
  virtual Task<Result<ChannelChange>> Remove(std::string reference, std::string host_path) = 0;
  // Changes the size of a channel of the container, up or down, and with it the memory limits of
  // those that added it to theirs: all of it, or nothing.
  virtual Task<Result<ChannelChange>> Resize(std::string reference, ResizeRequest request) = 0;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_SERVICE_H_
