// The tmpfs of a channel: found, mounted, set again and taken off on the real file system.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

// The name under which a channel's tmpfs stands in the mount table: "isulad:<channel id>".
std::string SourceName(const std::string& channel_id);

// What OpenCanonical found at a channel's path, and what it is.
struct Found {
  os::UniqueFd fd;  // O_PATH; invalid where state is kMissing
  Inspection inspection;
};

// Looks at the path. The mount table, whose reading costs as much as there are mounts, is read only
// where something is mounted there or `search` says so.
Result<Found> FindChannel(const HostDirectory& directory, Search search);
// How full the file system of a descriptor is.
struct Usage {
  uint64_t used = 0;  // bytes
  uint64_t free = 0;  // bytes
  uint64_t inodes = 0;
  uint64_t inodes_used = 0;
};
Result<Usage> UsageOf(int fd);

// MountOps::InspectAll.
std::vector<Result<Inspection>> InspectChannels(const std::vector<HostDirectory>& directories);

// MountOps::Mount, MountOps::Resize and MountOps::Unmount.
Status MountChannel(const HostDirectory& directory, const TmpfsOptions& options);
Status ResizeChannel(const HostDirectory& directory, const TmpfsOptions& options);
Result<Unmounted> UnmountChannel(const HostDirectory& directory);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
