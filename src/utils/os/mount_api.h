// Thin wrappers of the mount system calls of Linux 5.2 and later; each is one call and keeps its
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

// A new file system of `type` with string `parameters` ({"size", "4096"}; an empty value sets a
// flag) as a detached mount with `attributes` (MOUNT_ATTR_*). Errors carry the kernel's own text
// from the context's log where it has one ("tmpfs: Unknown parameter 'x'").
Result<UniqueFd> CreateFilesystem(
    const std::string& type, const std::vector<std::pair<std::string, std::string>>& parameters,
    uint64_t attributes);
// Whether a file system of `type` takes a parameter; as for CreateFilesystem, which this makes none
// of.
Status ProbeParameter(const std::string& type, const std::string& key, const std::string& value);
// Changes parameters of the mounted file system that `directory` is the root of (fspick,
// reconfigure); mount attributes stay as they are.
Status ReconfigureFilesystem(int directory,
                             const std::vector<std::pair<std::string, std::string>>& parameters);
// Attaches the detached (or moves the attached) mount `mount` onto the directory `target` (both
// descriptors).
Status MoveMount(int mount, int target);
// What a call is about: one mount, or also those that are mounted in it.
enum class Extent { kMount, kTree };
// A detached copy of the mount that `directory` is on, from that directory downwards.
Result<UniqueFd> CloneMount(int directory, Extent extent = Extent::kMount);
// mount_setattr(2) on the mount of `mount`; `propagation` 0 (unchanged), MS_PRIVATE, MS_SLAVE...
Status SetMountAttributes(int mount, uint64_t set, uint64_t clear, uint64_t propagation,
                          Extent extent = Extent::kMount);
// Has the detached `mount` show the ids of its files as `user_namespace` maps them (an idmapped
// mount): what belongs to the user that is 0 in it on disk belongs to the one that it is outside,
// and what that one makes is stored as 0. All of `extent` or nothing.
Status MapMountIds(int mount, int user_namespace, Extent extent = Extent::kMount);
// Whether the error of MapMountIds says that this kernel does not do it for that file system.
bool IsUnmappable(const Error& error);
// umount2(2) of the mount whose root is the descriptor `mount_root`; closing it first is not needed
// with MNT_DETACH, while a plain unmount needs a path: `path`, with UMOUNT_NOFOLLOW added.
Status DetachMount(int mount_root);
Status Unmount(const std::string& path, int flags);
// Detaches what is mounted on the directory `path`, all of it, and removes the directory; that also
// takes away the copies that mount namespaces made meanwhile still have. Not there: success.
Status RemoveMountPoint(const std::string& path);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_MOUNT_API_H_
