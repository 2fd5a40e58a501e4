// A writable layer over a rootfs that is left unchanged, so that many containers can share one. The
// container's changes are kept beside its other files, and are removed with them:
//
//     <directory>/upper/   files that the container made or changed
//                 work/    for the kernel
//
// File systems that are mounted in the rootfs are not visible through it. Source: the kernel's
// Documentation/filesystems/overlayfs.rst. Thread-safe for different directories.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_

#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {

// kInvalidArgument if a rootfs at `path`, which is canonical, cannot be the lower layer of layers
// kept beneath the directory `place`, because one of the two lies in the other.
Status CheckLayers(const std::string& path, const std::string& place);

// Makes `directory` and its layers as far as they are missing. The upper layer, whose attributes
// the container's "/" has, gets the owner and mode of `lower`, a descriptor of an attached mount.
Status MakeLayers(const std::string& directory, int lower);

// Mounts the layers over `lower` and returns a detached mount. An error states what the kernel
// reported, with both paths.
Result<os::UniqueFd> MountLayers(const std::string& directory, int lower, const std::string& path);

// Opens the writable layer alone, for access while nothing is mounted.
Result<os::UniqueFd> OpenUpperLayer(const std::string& directory);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_OVERLAY_H_
