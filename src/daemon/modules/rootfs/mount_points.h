// Mount points in a user's rootfs. The rootfs is the user's: what is missing is made, bears our
// mark, and is removed again where it is empty and still bears it. All work is done through
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

// Makes what is missing of `targets`, parents included (0755, files 0644), and marks each with the
// extended attribute trusted.isulad.mountpoint = `owner`. What exists is left alone, whatever it
// is; a dangling link (the usual /etc/resolv.conf) is followed inside the rootfs, as the runtimes
// do, and what it points to is made. On a file system without trusted attributes nothing can be
// marked: what is made there stays. On an error, which names the target, what was made by this call
// is removed again.
Status MakeMountPoints(int rootfs, const std::vector<Target>& targets, const std::string& owner);

// Removes those of `targets` and of their parents that bear the mark of `owner` and are empty.
// Everything else, and what is gone, is left alone. Links are followed inside the rootfs only, and
// never removed.
Status RemoveMountPoints(int rootfs, const std::vector<Target>& targets, const std::string& owner);

// The same for one directory at `path` and its parents, where no link is followed: for a root in
// which others are at work, and could lead to what is mounted on elsewhere.
Status RemovePlainMountPoint(int root, const std::string& path, const std::string& owner);

}  // namespace isulad::rootfs

#endif  // ISULAD_DAEMON_MODULES_ROOTFS_MOUNT_POINTS_H_
