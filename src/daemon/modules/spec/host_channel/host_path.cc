#include "daemon/modules/spec/host_channel/host_path.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

struct FreeDeleter {
  void operator()(char* text) const { std::free(text); }
};

Result<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, FreeDeleter> real(::realpath(path.c_str(), nullptr));
  if (real == nullptr) {
    return SystemError(errno, "resolve " + Quote(path));
  }
  return std::string(real.get());
}

// lstat: a dangling link exists.
bool HasName(const std::string& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

// The canonical path of `directory`, or of its deepest ancestor that exists with the missing rest
// appended.
Result<std::string> ResolveDirectory(const std::string& directory) {
  Result<std::string> real = RealPath(directory);
  if (real) {
    struct stat status;
    if (::stat(real->c_str(), &status) == 0 && !S_ISDIR(status.st_mode)) {
      return InvalidArgument(Quote(directory) + " is not a directory");
    }
    return real;
  }
  switch (real.error().system_errno()) {
    case ENOENT:
      break;
    case ENOTDIR:
      return InvalidArgument("a parent of " + Quote(directory) + " is not a directory");
    default:
      return InvalidArgument(real.error().message());
  }
  if (HasName(directory)) {
    return InvalidArgument(Quote(directory) + " is a dangling symbolic link");
  }
  ASSIGN_OR_RETURN(std::string parent, ResolveDirectory(std::string(ParentPath(directory))));
  return (parent == "/" ? "" : parent) + "/" + std::string(BaseName(directory));
}

Error NotADirectoryNow(const std::string& path, int system_errno) {
  const std::string_view reason =
      system_errno == ELOOP ? " has become a symbolic link" : " is not a directory any more";
  return FailedPrecondition("a parent of " + Quote(path) + std::string(reason));
}

}  // namespace

Result<ResolvedPath> ResolveHostPath(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string parent, ResolveDirectory(std::string(ParentPath(path))));
  ResolvedPath resolved;
  resolved.canonical = (parent == "/" ? "" : parent) + "/" + std::string(BaseName(path));
  resolved.exists = HasName(resolved.canonical);
  return resolved;
}

Result<Ancestor> OpenDeepestAncestor(const std::string& path) {
  Ancestor ancestor;
  std::string_view directory = path;
  while (true) {
    ancestor.missing.emplace_back(BaseName(directory));
    directory = ParentPath(directory);
    ancestor.path = std::string(directory);
    Result<os::UniqueFd> fd = os::OpenNoSymlinks(AT_FDCWD, ancestor.path, O_PATH | O_DIRECTORY);
    if (fd) {
      ancestor.fd = *std::move(fd);
      std::reverse(ancestor.missing.begin(), ancestor.missing.end());
      return ancestor;
    }
    const int error = fd.error().system_errno();
    if (error == ELOOP || error == ENOTDIR) {
      return NotADirectoryNow(path, error);
    }
    if (error != ENOENT || directory == "/") {
      return std::move(fd).error();
    }
  }
}

Result<os::UniqueFd> OpenCanonical(const std::string& path) {
  Result<os::UniqueFd> fd = os::OpenNoSymlinks(AT_FDCWD, path, O_PATH | O_NOFOLLOW);
  if (!fd) {
    const int error = fd.error().system_errno();
    if (error == ELOOP || error == ENOTDIR) {
      return NotADirectoryNow(path, error);
    }
  }
  return fd;
}

}  // namespace isulad::host_channel
