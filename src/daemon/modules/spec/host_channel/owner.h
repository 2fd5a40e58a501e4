// The owners of a channel, and how each of them has it.
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

// An owner of a channel, with everything in which the owners of one channel may differ.
struct OwnerEntry {
  Owner owner;
  std::string container_path;
  Access access = Access::kReadWrite;
  // Position of the channel among those of the owner, in the order in which they were asked for.
  uint64_t position = 0;
  friend bool operator==(const OwnerEntry&, const OwnerEntry&) = default;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OWNER_H_
