// Resolves host paths, and opens them without following links.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_

#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

// Implements MountOps::Resolve on the real file system.
Result<ResolvedPath> ResolveHostPath(const std::string& path);

// A canonical path, split at the end of its existing part.
struct Ancestor {
  os::UniqueFd fd;                   // O_PATH, a directory
  std::string path;                  // of fd
  std::vector<std::string> missing;  // the components below fd, outermost first; never empty
};

// Opens the deepest existing directory above the canonical path `path`, refusing links.
// kFailedPrecondition if something on the way is no longer a directory.
Result<Ancestor> OpenDeepestAncestor(const std::string& path);

// Opens the canonical path itself, O_PATH, refusing links in all parents; a link in the last
// component is opened as a link. kNotFound if the path does not exist; kFailedPrecondition if a
// parent has become a link or is not a directory.
Result<os::UniqueFd> OpenCanonical(const std::string& path);

// Opens the directory that contains the canonical path, in the same way.
Result<os::UniqueFd> OpenCanonicalParent(const std::string& path);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_
