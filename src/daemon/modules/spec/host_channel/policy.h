// What may be asked for: every rule about channels that needs no look at the file system. Pure,
// thread-safe.
//
// The manager applies it twice: to the paths as they were asked for, and to what the host paths
// turn out to be once links in their parents are resolved. Only the rules that need other channels
// (reserved paths, the cap of the sum) and the file system (what exists) are left to it.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// What this machine and this engine allow.
struct Limits {
  uint64_t page_size = 4096;     // bytes, a power of two
  uint64_t physical_memory = 0;  // bytes; a channel may have half of it
  // Directories in which no host path may lie: the engine's own. Clean.
  std::vector<std::string> forbidden_directories;
};

// What stands around the channels of an owner, for the rules about paths. All paths are absolute
// and clean.
struct Surroundings {
  std::vector<std::string>
      rootfs_paths;  // canonical; of this owner and all others: no host path may lie inside
  std::vector<std::string> mount_targets;  // in the container, of its other mounts (-v, and those
                                           // of the engine that a user could collide with)
  bool system_container = false;
  // Those that the owner has already; the manager knows them itself.
  std::vector<HostChannel> channels;
};

struct Verdict {
  std::vector<HostChannel>
      channels;  // in the order given; paths cleaned, sizes rounded up to whole pages
  std::vector<std::string> warnings;  // for the user: what is allowed but may surprise
};

// Checks each of `channels`, all of them against one another, and against `surroundings`, other
// channels in it included.
// kInvalidArgument with a reason that names the field, quotes the value and gives the allowed
// range.
Result<Verdict> Validate(const std::vector<HostChannel>& channels, const Limits& limits,
                         const Surroundings& surroundings);

// `size` (bytes) rounded up to whole pages. kInvalidArgument with the allowed range.
Result<uint64_t> CheckSize(uint64_t size, const Limits& limits);

// The inode limit of a channel of `size` bytes: enough that it never stops ordinary use, and few
// enough that empty files, which take no blocks, cannot pin much kernel memory (about 1 KiB each).
uint64_t DefaultInodes(uint64_t size);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_POLICY_H_
