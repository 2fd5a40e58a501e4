// The containers that a channel belongs to, held while it is changed.
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

// The operation slots of all containers that have one channel.
class ChannelUsers {
 public:
  // `container`'s channel at `host_path`, which may lead there by links. kNotFound where it has
  // none there.
  static Task<Result<ChannelUsers>> Acquire(Context& context, std::shared_ptr<Container> container,
                                            std::string host_path);

  const host_channel::ChannelState& channel() const { return channel_; }
  // Whether those who had the channel when it was acquired are these.
  bool AreAll(const std::vector<host_channel::OwnerEntry>& owners) const;
  const std::vector<std::shared_ptr<Container>>& containers() const { return containers_; }

 private:
  explicit ChannelUsers(host_channel::ChannelState channel) : channel_(std::move(channel)) {}

  host_channel::ChannelState channel_;
  std::vector<std::shared_ptr<Container>> containers_;
  std::vector<ScopedOperation> operations_;
};

// Takes over the sizes that the channels' records say, which are the truth; config.json follows.
void FollowRecords(Context& context, Container& container);

// Gives the container these channels, in memory and on disk; durably, unless it goes when it ends.
// On an error memory has them, and what the disk has is not known.
Status SaveChannels(Context& context, Container& container,
                    std::vector<host_channel::HostChannel> channels);

// Takes over channels as their records have them. config.json follows; where it cannot be written
// that is logged, and a daemon that begins makes up for it by FollowRecords.
void TakeChannels(Context& context, Container& container,
                  std::vector<host_channel::HostChannel> channels);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CHANNEL_USERS_H_
