// Mount points that links in the rootfs lead into a channel.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::container {

// A mount point inside memory that others write to is the way of CVE-2021-30465. create compares
// the paths as they are written; this one compares what they lead to in the rootfs, whose links the
// container can change between two starts. `rootfs`: a descriptor of the directory `rootfs_path`.
// kFailedPrecondition where one of `targets` leads to one of `channels` or beneath it. All are
// paths in the container.
Status CheckMountCollisions(int rootfs, const std::string& rootfs_path,
                            const std::vector<std::string>& channels,
                            const std::vector<std::string>& targets);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MOUNT_COLLISIONS_H_
