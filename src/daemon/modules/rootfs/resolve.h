// Resolves a path in a rootfs, whether it exists or not.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_RESOLVE_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_RESOLVE_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::rootfs {

// `path` (absolute) without symbolic links, "." and "..", as a process sees it whose root is the
// directory `root`. Missing components are taken as written, so a dangling link such as
// /etc/resolv.conf gives the place it points to: a runtime makes the missing mount point there.
// ELOOP after 40 links, ENOTDIR if a file is in the way.
//
// The result is a plan, not a promise: others may change the tree, so it must only be used with
// openat2(2) RESOLVE_NO_SYMLINKS.
Result<std::string> ResolveInRoot(int root, const std::string& path);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_RESOLVE_H_
