// The mount points of containers in their rootfs, which several containers can share. Removing a
// directory detaches what is mounted on it in every mount namespace. So whoever removes one first
// looks for another container that needs it, and nobody makes one in between: both happen under
// Context::rootfs_turns. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_

#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/builder.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::container {

// A descriptor (O_PATH) of the rootfs on the host.
Result<os::UniqueFd> OpenRootfs(const ContainerConfig& config);

// What the configuration says of the container's mounts, without their sources.
spec::Input MountsOf(const ContainerConfig& config);

// The mount points that a container of `config` needs: what its ContainerConfig::mount_points are
// when it is created, and when its channels have changed.
Result<std::vector<std::string>> MountPointsFor(const ContainerConfig& config);

// Makes those of `points` that `rootfs` lacks. The container is in the registry: from here on no
// removal of another container removes them. A point that the container's configuration does not
// have yet is added to it first, durably.
Status MakeMountPoints(Context& context, Container& container, int rootfs,
                       const std::vector<spec::MountPoint>& points);

// Removes the mount points of the container, except those that another container of the rootfs
// needs, too.
Status RemoveMountPoints(Context& context, const Container& container);

// The following are for channels that are added and removed while the container exists.

// Whether the mount point at `path` lies in the rootfs, and not in something that is mounted over
// it.
bool IsMountPointInRootfs(const ContainerConfig& config, const std::string& path);

// Removes the mount point of a channel, as RemoveMountPoints() does: `before` has the channel, and
// `after`, which is changed only on success, does not need it.
Status RemoveMountPoint(Context& context, const Container& container, const ContainerConfig& before,
                        const std::string& path, ContainerConfig& after);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_
