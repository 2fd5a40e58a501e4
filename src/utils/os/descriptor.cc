// Operations on open descriptors: extended attributes, reopening, duplicates, names.
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/retry.h"

namespace isulad::os {
namespace {

constexpr size_t kMaxXattrBytes = 65536;  // XATTR_SIZE_MAX

// fsetxattr() and similar calls refuse an O_PATH descriptor; its path in /proc is as safe.
std::string ProcPath(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

}  // namespace

Status SetXattr(int fd, const std::string& name, std::string_view value) {
  if (::setxattr(ProcPath(fd).c_str(), name.c_str(), value.data(), value.size(), 0) != 0) {
    return SystemError(errno, "set attribute " + Quote(name));
  }
  return OkStatus();
}

Result<std::string> GetXattr(int fd, const std::string& name) {
  std::string value(kMaxXattrBytes, '\0');
  const ssize_t size = ::getxattr(ProcPath(fd).c_str(), name.c_str(), value.data(), value.size());
  if (size < 0 && errno == ENODATA) {
    return Error(Code::kNotFound, ENODATA, "attribute " + Quote(name) + " is not set");
  }
  if (size < 0) {
    return SystemError(errno, "get attribute " + Quote(name));
  }
  value.resize(static_cast<size_t>(size));
  return value;
}

Result<UniqueFd> Reopen(int path_fd, int flags) { return Open(ProcPath(path_fd), flags); }

Result<UniqueFd> Duplicate(int fd) {
  const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) {
    return SystemError(errno, "duplicate a descriptor");
  }
  return UniqueFd(copy);
}

Result<std::string> DescriptorPath(int fd) {
  std::string path(PATH_MAX, '\0');
  const ssize_t size = ::readlink(ProcPath(fd).c_str(), path.data(), path.size());
  if (size < 0) {
    return SystemError(errno, "read the path of a descriptor");
  }
  path.resize(static_cast<size_t>(size));
  return path;
}

}  // namespace isulad::os
