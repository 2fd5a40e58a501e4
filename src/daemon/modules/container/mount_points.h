// The mount points of containers in their rootfs, which several containers can share. To remove a
// directory takes away what is mounted on it in every mount namespace, so that whoever removes one
// looks first for another container that needs it, and nobody makes one in between: both happen
// under Context::rootfs_turns. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_

#include <string>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/builder.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::container {

// The rootfs on the host, O_PATH.
Result<os::UniqueFd> OpenRootfs(const ContainerConfig& config);

// What the configuration says of the container's mounts, without their sources.
spec::Input MountsOf(const ContainerConfig& config);

// Makes what `rootfs` lacks of the mount points of `input`. `container` is in the registry: from
// here on no removal of another container takes them away.
Status MakeMountPoints(Context& context, const Container& container, int rootfs,
                       const spec::Input& input);

// Removes those that were made, but for what another container of the rootfs has too.
Status RemoveMountPoints(Context& context, const Container& container);

// For channels that come and go while the container is there.

// Whether the mount point at `path`, which is one of `config`, lies in the rootfs, and not in
// something else that is mounted in the container.
Result<bool> IsMountPointInRootfs(const ContainerConfig& config, const std::string& path);

// Removes the mount point of a channel, as RemoveMountPoints does: `before` has it, and `after` has
// not.
Status RemoveMountPoint(Context& context, const Container& container, const ContainerConfig& before,
                        const ContainerConfig& after, const std::string& path);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_POINTS_H_
