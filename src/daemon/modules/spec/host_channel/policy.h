// The rules about what may be asked for: all those about channels that need no look at the file
// system. Pure, thread-safe.
//
// The manager applies them twice: to the paths as they were asked for, and to the host paths with
// links in their parents resolved. Only the rules that need other channels (reserved paths, the cap
// on the sum) and the file system (what exists) are left to the manager.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// The limits of this machine and this engine.
struct Limits {
  uint64_t page_size = 4096;     // bytes, a power of two
  uint64_t physical_memory = 0;  // bytes; a channel may have half of it
  // The engine's own directories, in which no host path may lie. Clean.
  std::vector<std::string> forbidden_directories;
};

// The surroundings of an owner's channels, for the rules about paths. All paths are absolute and
// clean.
struct Surroundings {
  // Canonical; of this owner and all others: no host path may lie inside.
  std::vector<std::string> rootfs_paths;
  // Targets in the container of its other mounts (-v, and those of the engine that a user could
  // collide with).
  std::vector<std::string> mount_targets;
  bool system_container = false;
  // The channels that the owner already has; the manager fills these in itself.
  std::vector<HostChannel> channels;
};

struct Verdict {
  // In the order given; paths cleaned, sizes rounded up to whole pages.
  std::vector<HostChannel> channels;
  std::vector<std::string> warnings;  // for the user: settings that are allowed but may surprise
};

// Checks each of `channels`, all of them against one another, and against `surroundings`, including
// the channels there. kInvalidArgument with a reason that names the field, quotes the value and
// gives the allowed range.
Result<Verdict> Validate(const std::vector<HostChannel>& channels, const Limits& limits,
                         const Surroundings& surroundings);

// Rounds `size` (bytes) up to whole pages. kInvalidArgument with the allowed range.
Result<uint64_t> CheckSize(uint64_t size, const Limits& limits);

// The inode limit of a channel of `size` bytes: high enough that it never stops ordinary use, and
// low enough that empty files, which take no blocks, cannot pin much kernel memory (about 1 KiB
// each).
uint64_t DefaultInodes(uint64_t size);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_
