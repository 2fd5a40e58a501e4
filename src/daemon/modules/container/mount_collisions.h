// Mount points that links in the rootfs lead into a channel, or over one another.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::container {

// A mount point inside memory that others write to is the way of CVE-2021-30465. create compares
// the paths as they are written; this one compares what they lead to in the rootfs, whose links the
// container can change between two starts. `rootfs`: a descriptor of the directory, or of the
// mount, that the container starts from. kFailedPrecondition where one of `targets` leads to one of
// `channels` or beneath it. All are paths in the container.
Status CheckMountCollisions(int rootfs, const std::vector<std::string>& channels,
                            const std::vector<std::string>& targets);

// The same for mounts that hide others: `in_order` are the mount points in the rootfs in the order
// in which they are mounted on, `tmpfs` those of them, or of what lies in them, that cover what is
// there. kFailedPrecondition where one leads to an earlier one or above it.
Status CheckHiddenMounts(int rootfs, const std::vector<std::string>& in_order,
                         const std::vector<std::string>& tmpfs);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
