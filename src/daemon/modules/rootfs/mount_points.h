// Mount points in a user's rootfs. As the rootfs is the user's, missing mount points are made with
// our mark, and removed again if they are empty and still have it. All work is done through
// descriptors, inside the rootfs (openat2 RESOLVE_IN_ROOT). Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_ROOTFS_MOUNT_POINTS_H_
#define ISULAD_DAEMON_MODULES_ROOTFS_MOUNT_POINTS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::rootfs {

struct Target {
  std::string path;      // as the container sees it; absolute, clean
  bool is_file = false;  // an empty file, else a directory
};

// Makes the missing `targets`, parents included (0755, files 0644), and marks each with the
// extended attribute trusted.isulad.mountpoint = `owner`. Existing nodes of any kind are left
// alone. A dangling link (the usual /etc/resolv.conf) is followed inside the rootfs, as the
// runtimes do, and its target is made. On a file system without trusted attributes nothing can be
// marked, so what is made there stays. On an error, which names the target, everything made by this
// call is removed again.
Status MakeMountPoints(int rootfs, const std::vector<Target>& targets, const std::string& owner);

// Removes those of `targets` and of their parents that have the mark of `owner` and are empty.
// Everything else is left alone; targets that are gone are ignored. Links are followed inside the
// rootfs only, and never removed.
Status RemoveMountPoints(int rootfs, const std::vector<std::string>& targets,
                         const std::string& owner);

// Like RemoveMountPoints(), but for one directory at `path` and its parents, and without following
// links. For a root in which other processes are at work: a link could lead to a directory that is
// mounted on elsewhere.
Status RemovePlainMountPoint(int root, const std::string& path, const std::string& owner);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_MOUNT_POINTS_H_
