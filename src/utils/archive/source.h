// The source of a copy, as named by the user.
#ifndef ISULAD_UTILS_ARCHIVE_SOURCE_H_
#define ISULAD_UTILS_ARCHIVE_SOURCE_H_

#include <string>

#include "utils/archive/entry.h"
#include "utils/archive/tree.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::archive {

struct FoundSource {
  Source source;
  os::UniqueFd fd;  // O_PATH, of the source itself
};

// Opens `path` in `tree`. A link at its end is copied as a link, unless `follow_link` is true or
// the path ends with a slash. kNotFound, ENOTDIR and the like name the path; kFailedPrecondition
// for files that the kernel generates (/proc).
Result<FoundSource> FindSource(const Tree& tree, const std::string& path, bool follow_link);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_SOURCE_H_
