// Who has a channel, and how.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_

#include <cstdint>
#include <string>

#include "daemon/modules/spec/host_channel/host_channel.h"

namespace isulad::host_channel {

struct Owner {
  std::string id;
  std::string name;  // for messages: `host path "/h" is already reserved by "web"`
  friend bool operator==(const Owner&, const Owner&) = default;
};

// An owner of a channel. What the owners of one channel may have differently stands here.
struct OwnerEntry {
  Owner owner;
  std::string container_path;
  Access access = Access::kReadWrite;
  uint64_t position = 0;  // of the channel among those of the owner, as they were asked for
  friend bool operator==(const OwnerEntry&, const OwnerEntry&) = default;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_
