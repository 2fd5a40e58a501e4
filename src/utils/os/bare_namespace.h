// A nearly empty mount namespace, from which to start programs that create namespaces of their own.
// For each of those the kernel copies the whole mount table, 2 us per mount, and later destroys the
// copy. Source: mount_namespaces(7), pivot_root(2).
#ifndef ISULAD_UTILS_OS_BARE_NAMESPACE_H_
#define ISULAD_UTILS_OS_BARE_NAMESPACE_H_

#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

struct BareNamespaceOptions {
  // Paths that are to exist in the namespace as in the caller's. The mount that each one is or lies
  // on is included, and all mounts above it. Paths that do not exist are left out.
  std::vector<std::string> paths;
  std::vector<std::string> trees;  // like `paths`, but with everything mounted in them
  std::string scratch;             // a directory of the caller; nothing in it is changed
};

struct BareNamespace {
  UniqueFd fd;  // the namespace lasts as long as this and the processes in it
  std::vector<std::string> mount_points;  // of everything requested, without "/"
};

// Creates a namespace with the mount of "/" and the mounts that `options` asks for, all from the
// caller's namespace. There is no propagation from or to any other namespace. Later mounts in the
// caller's namespace do not appear in the new one, and mounts that are later unmounted in the
// caller's stay mounted in the new one: do not request anything that somebody may want to unmount.
// Fails without CAP_SYS_ADMIN, or if the caller's root is a chroot or the initial RAM disk. The
// caller's namespace is not affected at any time.
Result<BareNamespace> CreateBareNamespace(const BareNamespaceOptions& options);

// The mount points from "/" to `path`, including `path` itself if it is one, but not "/"; parents
// first. Links are followed. kNotFound if `path` does not exist.
Result<std::vector<std::string>> MountPointsTo(const std::string& path);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_BARE_NAMESPACE_H_
