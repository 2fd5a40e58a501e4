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

std::string JoinPath(std::string_view parent, std::string_view name) {
  std::string path(parent == "/" ? "" : parent);
  return path.append("/").append(name);
}

Result<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, FreeDeleter> real(::realpath(path.c_str(), nullptr));
  if (real == nullptr) {
    return SystemError(errno, "resolve " + Quote(path));
  }
  return std::string(real.get());
}

// 0 if nothing has that name; a link in the last component is not followed.
mode_t TypeOf(const std::string& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & S_IFMT : 0;
}

bool IsDirectory(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Error UnresolvableError(const std::string& directory, const Error& error) {
  if (error.system_errno() == ENOTDIR) {
    return InvalidArgument("a parent of " + Quote(directory) + " is not a directory");
  }
  return InvalidArgument(error.message());
}

// The canonical path of `directory`, or of its deepest existing ancestor with the missing rest
// appended.
Result<std::string> ResolveDirectory(const std::string& directory) {
  Result<std::string> real = RealPath(directory);
  while (!real && real.error().system_errno() == ENOENT) {
    const mode_t type = TypeOf(directory);
    if (type == 0) {
      ASSIGN_OR_RETURN(const std::string parent,
                       ResolveDirectory(std::string(ParentPath(directory))));
      return JoinPath(parent, BaseName(directory));
    }
    real = RealPath(directory);
    if (!real && S_ISLNK(type)) {
      return InvalidArgument(Quote(directory) + " is a dangling symbolic link");
    }
    // Otherwise it was created between the two looks, possibly for another channel.
  }
  if (!real) {
    return UnresolvableError(directory, real.error());
  }
  if (!IsDirectory(*real) && TypeOf(*real) != 0) {
    return InvalidArgument(Quote(directory) + " is not a directory");
  }
  return real;
}

Error NotADirectoryNow(const std::string& path, int system_errno) {
  const std::string_view reason =
      system_errno == ELOOP ? " has become a symbolic link" : " is not a directory any more";
  return FailedPrecondition("a parent of " + Quote(path) + std::string(reason));
}

Result<os::UniqueFd> ExplainParents(const std::string& path, Result<os::UniqueFd> opened) {
  const int error = opened ? 0 : opened.error().system_errno();
  if (error == ELOOP || error == ENOTDIR) {
    return NotADirectoryNow(path, error);
  }
  return opened;
}

}  // namespace

Result<ResolvedPath> ResolveHostPath(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string parent, ResolveDirectory(std::string(ParentPath(path))));
  ResolvedPath resolved;
  resolved.canonical = JoinPath(parent, BaseName(path));
  resolved.exists = TypeOf(resolved.canonical) != 0;
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
  return ExplainParents(path, os::OpenNoSymlinks(AT_FDCWD, path, O_PATH | O_NOFOLLOW));
}

Result<os::UniqueFd> OpenCanonicalParent(const std::string& path) {
  const std::string parent(ParentPath(path));
  return ExplainParents(path, os::OpenNoSymlinks(AT_FDCWD, parent, O_PATH | O_DIRECTORY));
}

}  // namespace isulad::host_channel
