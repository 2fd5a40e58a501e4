// The tmpfs of a channel: found, mounted, set again and taken off on the real file system.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_

#include <string>

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

// MountOps::Mount and MountOps::Unmount.
Status MountChannel(const HostDirectory& directory, const TmpfsOptions& options);
Result<Unmounted> UnmountChannel(const HostDirectory& directory);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_CHANNEL_MOUNT_H_
