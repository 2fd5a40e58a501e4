#include "utils/archive/source.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::archive {

Result<FoundSource> FindSource(const Tree& tree, const std::string& path, bool follow_link) {
  const bool directory = SaysDirectory(path);
  FoundSource found;
  ASSIGN_OR_RETURN(found.fd, OpenInTree(tree, path, follow_link || directory ? 0 : O_NOFOLLOW));
  struct stat status = {};
  if (::fstat(found.fd.get(), &status) != 0) {
    return SystemError(errno, "look at " + Quote(path));
  }
  found.source.directory = S_ISDIR(status.st_mode);
  if (directory && !found.source.directory) {
    return SystemError(ENOTDIR, "open " + Quote(path));
  }
  ASSIGN_OR_RETURN(const bool made_up, IsKernelFileSystem(found.fd.get()));
  if (made_up) {
    return FailedPrecondition(Quote(path) + " is the kernel's, and no file to copy");
  }
  found.source.contents = found.source.directory && SaysContents(path);
  if (!SaysContents(path)) {
    found.source.name = LastComponent(path);
  }
  if (S_ISREG(status.st_mode)) {
    found.source.total = static_cast<uint64_t>(status.st_size);
  }
  return found;
}

}  // namespace isulad::archive
