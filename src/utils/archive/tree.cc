#include "utils/archive/tree.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::archive {
namespace {

constexpr unsigned kMqueueMagic = 0x19800202;
constexpr unsigned kConfigfsMagic = 0x62656570;
constexpr unsigned kFuseControlMagic = 0x65735543;

constexpr unsigned kKernelFileSystems[] = {
    PROC_SUPER_MAGIC,   SYSFS_MAGIC,    CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC,
    DEVPTS_SUPER_MAGIC, DEBUGFS_MAGIC,  TRACEFS_MAGIC,      SECURITYFS_MAGIC,
    BPF_FS_MAGIC,       PSTOREFS_MAGIC, EFIVARFS_MAGIC,     SELINUX_MAGIC,
    BINFMTFS_MAGIC,     NSFS_MAGIC,     kMqueueMagic,       kConfigfsMagic,
    kFuseControlMagic,
};

std::string_view WithoutSlashes(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path;
}

}  // namespace

Result<os::UniqueFd> OpenInTree(const Tree& tree, const std::string& path, int flags) {
  if (tree.root < 0) {
    return os::Open(path, O_PATH | flags);
  }
  // Without leading slashes, so that the path starts at the tree's root, never at the process's.
  const size_t begin = path.find_first_not_of('/');
  const std::string relative = begin == std::string::npos ? "." : path.substr(begin);
  Result<os::UniqueFd> fd =
      os::OpenAt2(tree.root, relative, O_PATH | flags, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
  if (!fd) {
    return SystemError(fd.error().system_errno(), "open " + Quote(path));
  }
  return fd;
}

Result<os::UniqueFd> ReopenToRead(int descriptors, int fd) {
  return os::OpenAt(descriptors, std::to_string(fd), O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

Result<os::UniqueFd> OpenDescriptors() { return os::Open("/proc/self/fd", O_RDONLY | O_DIRECTORY); }

std::string_view LastComponent(std::string_view path) {
  path = WithoutSlashes(path);
  return path == "/" ? std::string_view() : path.substr(path.rfind('/') + 1);
}

std::string_view WithoutLast(std::string_view path) {
  path = WithoutSlashes(path);
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return slash == 0 ? path.substr(0, 1) : WithoutSlashes(path.substr(0, slash));
}

bool SaysDirectory(std::string_view path) { return path.ends_with('/') || SaysContents(path); }

bool SaysContents(std::string_view path) {
  const std::string_view last = LastComponent(path);
  return last.empty() || last == "." || last == "..";
}

Result<bool> IsKernelFileSystem(int fd) {
  struct statfs status = {};
  if (::fstatfs(fd, &status) != 0) {
    return SystemError(errno, "look at a file system");
  }
  const auto type = static_cast<unsigned>(status.f_type);
  return std::find(std::begin(kKernelFileSystems), std::end(kKernelFileSystems), type) !=
         std::end(kKernelFileSystems);
}

}  // namespace isulad::archive
