// Thin wrappers of the mount system calls of Linux 5.2 and later; each makes one call and keeps its
// errno. Sources: fsopen(2), fsconfig(2), fsmount(2), move_mount(2), open_tree(2),
// mount_setattr(2), fspick(2).
#ifndef ISULAD_UTILS_OS_MOUNT_API_H_
#define ISULAD_UTILS_OS_MOUNT_API_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Creates a file system of `type` with string `parameters` ({"size", "4096"}; an empty value sets a
// flag) as a detached mount with `attributes` (MOUNT_ATTR_*). Errors include the kernel's own text
// from the context's log, if any ("tmpfs: Unknown parameter 'x'").
Result<UniqueFd> CreateFilesystem(
    const std::string& type, const std::vector<std::pair<std::string, std::string>>& parameters,
    uint64_t attributes);
// Checks whether a file system of `type` accepts a parameter. Errors are as for CreateFilesystem,
// but no file system is created.
Status ProbeParameter(const std::string& type, const std::string& key, const std::string& value);
// Changes parameters of the mounted file system whose root is `directory` (fspick, reconfigure);
// mount attributes are not changed.
Status ReconfigureFilesystem(int directory,
                             const std::vector<std::pair<std::string, std::string>>& parameters);
// Attaches the detached mount `mount`, or moves an attached one, onto the directory `target`. Both
// are descriptors.
Status MoveMount(int mount, int target);
// The scope of a call: one mount, or also the mounts inside it.
enum class Extent { kMount, kTree };
// A detached copy of the mount that `directory` is on, starting at that directory.
Result<UniqueFd> CloneMount(int directory, Extent extent = Extent::kMount);
// mount_setattr(2) on the mount of `mount`. `propagation` is 0 (unchanged), MS_PRIVATE, MS_SLAVE...
Status SetMountAttributes(int mount, uint64_t set, uint64_t clear, uint64_t propagation,
                          Extent extent = Extent::kMount);
// Makes the detached `mount` an idmapped mount: it shows the ids of its files as `user_namespace`
// maps them. Files owned by 0 on disk appear to be owned by the id outside the namespace that its 0
// maps to, and files created by that id are stored as owned by 0. Applies to all of `extent` or to
// none of it.
Status MapMountIds(int mount, int user_namespace, Extent extent = Extent::kMount);
// Whether an error of MapMountIds says that this kernel does not support it for that file system.
bool IsUnmappable(const Error& error);
// DetachMount: umount2(2) with MNT_DETACH of the mount whose root is the descriptor `mount_root`,
// which need not be closed first. Unmount: a plain unmount needs a path; umount2(2) of `path` with
// UMOUNT_NOFOLLOW added to `flags`.
Status DetachMount(int mount_root);
Status Unmount(const std::string& path, int flags);
// Detaches everything mounted on the directory `path` and removes the directory. This also removes
// the copies of the mount that mount namespaces created in the meantime still have. Succeeds if the
// directory does not exist.
Status RemoveMountPoint(const std::string& path);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_API_H_
