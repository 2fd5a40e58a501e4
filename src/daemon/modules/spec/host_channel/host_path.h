// Finding host paths without following links.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_

#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

// MountOps::Resolve on the real file system.
Result<ResolvedPath> ResolveHostPath(const std::string& path);

// A canonical path cut where the existing part ends.
struct Ancestor {
  os::UniqueFd fd;                   // O_PATH, a directory
  std::string path;                  // of it
  std::vector<std::string> missing;  // the components below it, outermost first; never empty
};

// Opens the deepest directory above the canonical path `path` that exists, with links refused.
// kFailedPrecondition where something on the way is not a directory any more.
Result<Ancestor> OpenDeepestAncestor(const std::string& path);

// Opens the canonical path itself, O_PATH, with links refused in all components; a link in the last
// one is opened as such. kNotFound where it does not exist; kFailedPrecondition where a parent has
// become a link or is not a directory.
Result<os::UniqueFd> OpenCanonical(const std::string& path);

// Opens the directory that the canonical path lies in, in the same way.
Result<os::UniqueFd> OpenCanonicalParent(const std::string& path);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_HOST_PATH_H_
