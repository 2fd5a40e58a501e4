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

// Adopts the sizes in the channels' records, which are authoritative, and updates config.json to
// match.
void FollowRecords(Context& context, Container& container);

// Sets the container's channels in memory and on disk; durably, unless the container is removed
// when it ends. On an error they are set in memory, and what is on disk is unknown.
Status SaveChannels(Context& context, Container& container,
                    std::vector<host_channel::HostChannel> channels);

// Adopts channels as their records have them, and updates config.json. If config.json cannot be
// written, that is logged, and the next daemon makes up for it with FollowRecords().
void TakeChannels(Context& context, Container& container,
                  std::vector<host_channel::HostChannel> channels);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_USERS_H_
