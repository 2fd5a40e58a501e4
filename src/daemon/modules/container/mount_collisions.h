// Finds mount points that symbolic links in the rootfs lead into a channel, or over one another.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::container {

// A mount point inside memory that others write to is the way CVE-2021-30465 works. create compares
// the paths as they are written; this function compares what they lead to in the rootfs, whose
// symbolic links the container can change between two starts. `rootfs`: a descriptor of the
// directory, or of the mount, that the container starts from. `channels` and `targets` are paths in
// the container. kFailedPrecondition if one of `targets` leads to one of `channels` or beneath it.
Status CheckMountCollisions(int rootfs, const std::vector<std::string>& channels,
                            const std::vector<std::string>& targets);

// Like CheckMountCollisions(), but for mounts that hide others. `in_order`: the mount points in the
// rootfs, in the order in which they are mounted. `tmpfs`: those of them, or of the mount points
// inside them, that cover what is there. kFailedPrecondition if one of `tmpfs` leads to an earlier
// mount point or above it.
Status CheckHiddenMounts(int rootfs, const std::vector<std::string>& in_order,
                         const std::vector<std::string>& tmpfs);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
