// The tree of files in which the paths of a copy are looked up.
#ifndef ISULAD_UTILS_ARCHIVE_TREE_H_
#define ISULAD_UTILS_ARCHIVE_TREE_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::archive {

struct Tree {
  // A directory, borrowed. Links and ".." stay beneath it, and magic links are refused because
  // /proc of a container can lead to its host. -1: paths are those of the process.
  int root = -1;
};

// Opens `path` with O_PATH and `flags`, relative to the root if there is one. The error names the
// path.
Result<os::UniqueFd> OpenInTree(const Tree& tree, const std::string& path, int flags);

// Reopens the file of `fd` for reading. No name is looked up again, since it may now refer to
// something else, such as a device whose opening has side effects. `descriptors` comes from
// OpenDescriptors().
Result<os::UniqueFd> ReopenToRead(int descriptors, int fd);
// /proc/self/fd; must be opened while /proc can be trusted.
Result<os::UniqueFd> OpenDescriptors();

// The last component, without slashes at the end: "a/b/" -> "b", "/" -> "", "a/." -> ".".
std::string_view LastComponent(std::string_view path);
std::string_view WithoutLast(std::string_view path);  // "a/b" -> "a", "b" -> ".", "/b" -> "/"

// Whether `path` ends with "/" or "/.", and so must be a directory.
bool SaysDirectory(std::string_view path);
// Whether `path` refers to the contents of a directory: "a/.", ".", "..", "/".
bool SaysContents(std::string_view path);

// Whether `fd` is on a file system that the kernel generates (proc, sysfs, cgroup, ...). Its files
// are not data, and writing to one has effects.
Result<bool> IsKernelFileSystem(int fd);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_TREE_H_
