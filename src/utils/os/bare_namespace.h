// A mount namespace with next to nothing in it, to start programs from that make namespaces of
// their own: the kernel copies the whole mount table for each, 2 us a mount, and takes it apart
// again. Source: mount_namespaces(7), pivot_root(2).
#ifndef ISULAD_UTILS_OS_BARE_NAMESPACE_H_
#define ISULAD_UTILS_OS_BARE_NAMESPACE_H_

#include <string>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

struct BareNamespaceOptions {
  // Paths that are to be found there as here: each is a mount's or lies on one, and so are all
  // those above it. What does not exist is left out.
  std::vector<std::string> paths;
  std::vector<std::string> trees;  // the same, with all that is mounted in them
  std::string scratch;             // a directory of the caller's; nothing in it is changed
};

struct BareNamespace {
  UniqueFd fd;                            // it lasts as long as this, and what runs in it
  std::vector<std::string> mount_points;  // of all that was asked for, without "/"
};

// Of the caller's mount namespace: the mount of "/" and those that `options` asks for, and no
// propagation from or to any other. What is mounted here later is not seen there, and what is
// unmounted here stays mounted there: ask for nothing that anybody would want to take away. Fails
// without CAP_SYS_ADMIN, where the caller's root is a chroot or the initial RAM disk. Nothing of it
// is seen in the caller's namespace at any moment.
Result<BareNamespace> CreateBareNamespace(const BareNamespaceOptions& options);

// The mount points on the way from "/" to `path` and `path` itself where it is one, without "/",
// those above first. Links are followed. kNotFound where it does not exist.
Result<std::vector<std::string>> MountPointsTo(const std::string& path);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_BARE_NAMESPACE_H_
