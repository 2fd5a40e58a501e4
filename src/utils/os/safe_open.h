// Opens paths that others may tamper with, by openat2(2).
#ifndef ISULAD_UTILS_OS_SAFE_OPEN_H_
#define ISULAD_UTILS_OS_SAFE_OPEN_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// openat2(2) with `resolve` (RESOLVE_*) and O_CLOEXEC added. EAGAIN (a concurrent rename) is
// retried.
Result<UniqueFd> OpenAt2(int directory, const std::string& path, int flags, mode_t mode,
                         uint64_t resolve);
// Opens `path`, with no symbolic link allowed in any component (RESOLVE_NO_SYMLINKS and
// NO_MAGICLINKS): ELOOP if there is one.
Result<UniqueFd> OpenNoSymlinks(int directory, const std::string& path, int flags, mode_t mode = 0);
// Opens `path` as seen by a process whose root is `root`: links and ".." stay inside
// (RESOLVE_IN_ROOT, NO_MAGICLINKS).
Result<UniqueFd> OpenInRoot(int root, const std::string& path, int flags, mode_t mode = 0);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_SAFE_OPEN_H_
