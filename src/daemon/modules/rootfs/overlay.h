// A writable layer over a rootfs that stays as it is, so that many containers can share one. What
// the container changes is kept beside its other files, and goes with them:
//
//     <directory>/upper/   what it has made and changed
//                 work/    the kernel's
//
// File systems that are mounted in the rootfs are not seen through it. Source: the kernel's
// Documentation/filesystems/overlayfs.rst. Thread-safe, for different directories.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_

#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {

// kInvalidArgument where a rootfs at `path`, which is canonical, cannot be the lower layer of what
// is kept beneath `place`, a directory: one of them lies in the other.
Status CheckLayers(const std::string& path, const std::string& place);

// Makes what is missing of `directory` and its layers. The upper one, whose attributes the
// container's "/" has, takes those of `lower`, a descriptor of an attached mount.
Status MakeLayers(const std::string& directory, int lower);

// The two together as a detached mount. The error says what the kernel said, and of what.
Result<os::UniqueFd> MountLayers(const std::string& directory, int lower, const std::string& path);

// The writable layer alone, for a look while nothing is mounted.
Result<os::UniqueFd> OpenUpperLayer(const std::string& directory);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_
