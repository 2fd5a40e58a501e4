// The mount table, read from /proc/self/mountinfo with libmount. One reading costs about 2 us per
// mount: never read it once per container.
#ifndef ISULAD_UTILS_OS_MOUNTINFO_H_
#define ISULAD_UTILS_OS_MOUNTINFO_H_

#include <cstdint>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::os {

struct MountEntry {
  uint64_t id = 0;
  uint64_t parent_id = 0;
  std::string target;   // decoded: a space, not \040
  std::string root;     // the path within the file system that is mounted
  std::string type;     // "tmpfs"
  std::string source;   // "isulad:..."
  std::string options;  // of the mount, comma-separated
  std::string superblock_options;
};

// All mounts of the calling thread's mount namespace, in the kernel's order (later ones on top).
Result<std::vector<MountEntry>> ReadMountinfo();
// Like ReadMountinfo(), but for a thread in a mount namespace whose /proc does not know the thread
// or that has no /proc: `proc` is a descriptor of a /proc that knows the thread.
Result<std::vector<MountEntry>> ReadMountinfo(int proc);

// The id of the mount that a descriptor is on (statx STATX_MNT_ID).
Result<uint64_t> MountIdOf(int fd);
// Whether the descriptor is the root of a mount (statx STATX_ATTR_MOUNT_ROOT).
Result<bool> IsMountRoot(int fd);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNTINFO_H_
