#include "utils/archive/destination.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::archive {
namespace {

constexpr int kMaxLinks = 40;  // as in the kernel

struct Found {
  os::UniqueFd fd;
  struct stat status = {};
};

// nullopt if `path` does not exist.
Result<std::optional<Found>> Look(const Tree& tree, const std::string& path, int flags) {
  Result<os::UniqueFd> fd = OpenInTree(tree, path, flags);
  if (!fd && fd.error().system_errno() == ENOENT) {
    return std::optional<Found>();
  }
  if (!fd) {
    return std::move(fd).error();
  }
  Found found;
  found.fd = *std::move(fd);
  if (::fstat(found.fd.get(), &found.status) != 0) {
    return SystemError(errno, "look at " + Quote(path));
  }
  return std::optional<Found>(std::move(found));
}

Result<std::string> ReadLink(int fd, const std::string& path) {
  char buffer[PATH_MAX];
  const ssize_t size = ::readlinkat(fd, "", buffer, sizeof(buffer));
  if (size < 0) {
    return SystemError(errno, "read the link " + Quote(path));
  }
  return std::string(buffer, static_cast<size_t>(size));
}

// The path that `path` leads to if links at its end are followed, whether or not it exists.
Result<std::string> FollowLast(const Tree& tree, std::string path) {
  for (int links = 0; links < kMaxLinks; ++links) {
    ASSIGN_OR_RETURN(const std::optional<Found> found, Look(tree, path, O_NOFOLLOW));
    if (!found || !S_ISLNK(found->status.st_mode)) {
      return path;
    }
    ASSIGN_OR_RETURN(std::string target, ReadLink(found->fd.get(), path));
    path =
        target.starts_with('/') ? std::move(target) : std::string(WithoutLast(path)) + "/" + target;
  }
  return SystemError(ELOOP, "open " + Quote(path));
}

Result<Destination> InParent(const Tree& tree, const std::string& path) {
  ASSIGN_OR_RETURN(const std::string last, FollowLast(tree, path));
  Destination destination;
  destination.name = LastComponent(last);
  destination.shown = WithoutLast(last);
  ASSIGN_OR_RETURN(destination.directory,
                   OpenInTree(tree, std::string(WithoutLast(last)), O_DIRECTORY));
  if (destination.name.empty() || destination.name == "." || destination.name == "..") {
    return FailedPrecondition("there is no place to copy to at " + Quote(path));
  }
  return destination;
}

std::string_view WithoutSlash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path;
}

Result<Destination> Place(const Tree& tree, const std::string& path, const Source& source) {
  ASSIGN_OR_RETURN(std::optional<Found> found, Look(tree, path, 0));
  if (found && S_ISDIR(found->status.st_mode)) {
    return Destination{std::move(found->fd), source.contents ? std::string() : source.name, path};
  }
  if (source.tar) {
    return FailedPrecondition("an archive is unpacked into a directory, and " + Quote(path) +
                              (found ? " is none" : " does not exist"));
  }
  if (!found) {
    if (SaysDirectory(path) && !source.directory) {
      return NotFound("there is no directory " + Quote(path) + " to copy a file into");
    }
    return InParent(tree, std::string(WithoutSlash(path)));
  }
  if (source.directory) {
    return FailedPrecondition("a directory cannot be copied over " + Quote(path) +
                              ", which is none");
  }
  // Not over a device, a FIFO or a socket: its users would be left with an inode that no one else
  // has.
  if (!S_ISREG(found->status.st_mode)) {
    return FailedPrecondition(Quote(path) + " must be a directory or a regular file");
  }
  return InParent(tree, path);
}

}  // namespace

Result<Destination> FindDestination(const Tree& tree, const std::string& path,
                                    const Source& source) {
  ASSIGN_OR_RETURN(Destination destination, Place(tree, path, source));
  ASSIGN_OR_RETURN(const bool made_up, IsKernelFileSystem(destination.directory.get()));
  if (made_up) {
    return FailedPrecondition(Quote(path) + " is the kernel's, and no place for files");
  }
  return destination;
}

}  // namespace isulad::archive
