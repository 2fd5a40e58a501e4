// The containers that have a channel, held while the channel is changed.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_USERS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_USERS_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Holds the operation slots of all containers that have one channel.
class ChannelUsers {
 public:
  // Acquires the users of `container`'s channel at `host_path`, a path that may lead there through
  // symbolic links. kNotFound if the container has no channel there.
  static Task<Result<ChannelUsers>> Acquire(Context& context, std::shared_ptr<Container> container,
                                            std::string host_path);

  const host_channel::ChannelState& channel() const { return channel_; }
  // Whether `owners` are exactly those that the channel had when it was acquired.
  bool AreAll(const std::vector<host_channel::OwnerEntry>& owners) const;
  const std::vector<std::shared_ptr<Container>>& containers() const { return containers_; }

 private:
  explicit ChannelUsers(host_channel::ChannelState channel) : channel_(std::move(channel)) {}

  host_channel::ChannelState channel_;
  std::vector<std::shared_ptr<Container>> containers_;
  std::vector<ScopedOperation> operations_;
};

// Gives the container the channels and mount points of `config`, in memory and on disk; durably,
// unless the container is removed when it ends. On an error memory has them, and what the disk has
// is not known.
Status SaveChannels(Context& context, Container& container, const ContainerConfig& config);

// For recovery: what the channels are that the container's configuration names. One without a
// record is logged, and left out.
void LoadChannels(const Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_USERS_H_
