// Finds, mounts, reconfigures and unmounts the tmpfs of a channel on the real file system.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

// The source of a channel's tmpfs in the mount table: "isulad:<channel id>".
std::string SourceName(const std::string& channel_id);

// What OpenCanonical found at a channel's path, and its state.
struct Found {
  os::UniqueFd fd;  // O_PATH; invalid if state is kMissing
  Inspection inspection;
};

// Inspects the channel's path. The mount table, which takes longer to read the more mounts there
// are, is read only if something is mounted at the path or `search` says so.
Result<Found> FindChannel(const HostDirectory& directory, Search search);
// The usage of the file system that a descriptor lies on.
struct Usage {
  uint64_t used = 0;  // bytes
  uint64_t free = 0;  // bytes
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
};
Result<Usage> UsageOf(int fd);

// Implements MountOps::InspectAll.
std::vector<Result<Inspection>> InspectChannels(const std::vector<HostDirectory>& directories);

// Implement MountOps::Mount, MountOps::Resize and MountOps::Unmount.
Status MountChannel(const HostDirectory& directory, const TmpfsOptions& options);
Status ResizeChannel(const HostDirectory& directory, const TmpfsOptions& options);
Result<Unmounted> UnmountChannel(const HostDirectory& directory);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
