// Where the paths of a copy are looked up.
#ifndef ISULAD_UTILS_ARCHIVE_TREE_H_
#define ISULAD_UTILS_ARCHIVE_TREE_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::archive {

struct Tree {
  // A directory, borrowed: links and ".." stay beneath it, and magic links are refused, as /proc of
  // a container can lead to its host. -1: paths are what they are to the process.
  int root = -1;
};

// `path` by O_PATH and `flags`; relative to the root where there is one. The error names the path.
Result<os::UniqueFd> OpenInTree(const Tree& tree, const std::string& path, int flags);

// The same file, opened for reading, by the descriptor of it that is known: no name is looked up
// again, under which by now something else may be, such as a device that does something when it is
// opened. `descriptors` is what OpenDescriptors() gave.
Result<os::UniqueFd> ReopenToRead(int descriptors, int fd);
// /proc/self/fd, to be opened while /proc can be trusted.
Result<os::UniqueFd> OpenDescriptors();

// "a/b/" -> "b", "/" -> "", "a/." -> "."; the path without slashes at the end.
std::string_view LastComponent(std::string_view path);
std::string_view WithoutLast(std::string_view path);  // "a/b" -> "a", "b" -> ".", "/b" -> "/"

// Whether `path` says by "/" or "/." at its end that it is a directory.
bool SaysDirectory(std::string_view path);
// Whether `path` asks for what is in a directory: "a/.", ".", "..", "/".
bool SaysContents(std::string_view path);

// Whether what `fd` is on is made up by the kernel (proc, sysfs, cgroup, ...): its files are no
// data, and to write to one is to do something.
Result<bool> IsKernelFileSystem(int fd);

}  // namespace isulad::archive

#endif  // ISULAD_UTILS_ARCHIVE_TREE_H_
