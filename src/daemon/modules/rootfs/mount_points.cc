#include "daemon/modules/rootfs/mount_points.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "daemon/modules/rootfs/maker.h"
#include "daemon/modules/rootfs/resolve.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"
#include "utils/os/unique_fd.h"

namespace isulad::rootfs {
namespace {

std::string RelativeToRoot(std::string_view path) {
  return path == "/" ? "." : std::string(path.substr(1));
}

bool ExistsInRoot(int rootfs, const std::string& path) {
  return os::OpenInRoot(rootfs, path, O_PATH).has_value();
}

// Whether `node` has the mark of `owner` and, if it is a file, is empty. Whether a directory is
// empty is left to rmdir(2).
bool IsOurs(int node, const struct stat& status, const std::string& owner) {
  if (!S_ISDIR(status.st_mode) && (!S_ISREG(status.st_mode) || status.st_size != 0)) {
    return false;
  }
  const Result<std::string> mark = os::GetXattr(node, kMarkName);
  return mark && *mark == owner;
}

enum class Outcome { kGone, kLeft };

// Removes the one node at `path` (which has no links) if it is ours. For a file there is a moment
// between the check and the unlink in which a process could write to it; the kernel has no way to
// close that gap.
Result<Outcome> RemoveNode(int rootfs, std::string_view path, const std::string& owner) {
  const Result<os::UniqueFd> parent =
      os::OpenNoSymlinks(rootfs, RelativeToRoot(ParentPath(path)), O_PATH | O_DIRECTORY);
  if (!parent) {
    return Outcome::kGone;
  }
  // Left by a start that crashed; a start under way makes its own again.
  ::unlinkat(parent->get(), kUnpublishedName, AT_REMOVEDIR);
  const std::string name(BaseName(path));
  const Result<os::UniqueFd> node = os::OpenNoSymlinks(parent->get(), name, O_PATH | O_NOFOLLOW);
  if (!node) {
    return node.error().code() == Code::kNotFound ? Outcome::kGone : Outcome::kLeft;
  }
  struct stat status {};
  if (::fstat(node->get(), &status) != 0 || !IsOurs(node->get(), status, owner)) {
    return Outcome::kLeft;
  }
  if (::unlinkat(parent->get(), name.c_str(), S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0) == 0 ||
      errno == ENOENT) {
    return Outcome::kGone;
  }
  // In use, or filled by the container: no longer ours to remove.
  if (errno == ENOTEMPTY || errno == EEXIST || errno == EBUSY) {
    return Outcome::kLeft;
  }
  return SystemError(errno, "remove the mount point " + Quote(path) + " from the rootfs");
}

// Removes `path` and its parents as far as they are ours. The parents of anything that stays must
// stay too.
Status RemoveUpwards(int rootfs, std::string_view path, const std::string& owner) {
  for (; path != "/"; path = ParentPath(path)) {
    ASSIGN_OR_RETURN(const Outcome outcome, RemoveNode(rootfs, path, owner));
    if (outcome == Outcome::kLeft) {
      break;
    }
  }
  return OkStatus();
}

}  // namespace

Status MakeMountPoints(int rootfs, const std::vector<Target>& targets, const std::string& owner) {
  Maker maker(rootfs, owner);
  for (const Target& target : targets) {
    if (ExistsInRoot(rootfs, target.path)) {
      continue;
    }
    ASSIGN_OR_RETURN(const std::string path, ResolveInRoot(rootfs, target.path));
    if (Status status = maker.Make(path, target.is_file); !status) {
      return std::move(status).error().AddContext("make the mount point " + Quote(target.path) +
                                                  " in the rootfs");
    }
  }
  maker.Commit();
  return OkStatus();
}

Status RemoveMountPoints(int rootfs, const std::vector<std::string>& targets,
                         const std::string& owner) {
  Status first = OkStatus();
  // In reverse order of their making: a mount point can lie in another one.
  for (auto target = targets.rbegin(); target != targets.rend(); ++target) {
    const Result<std::string> path = ResolveInRoot(rootfs, *target);
    if (!path) {
      continue;  // blocked by something that is not ours
    }
    Status status = RemoveUpwards(rootfs, *path, owner);
    if (!status && first) {
      first = std::move(status);
    }
  }
  return first;
}

Status RemovePlainMountPoint(int root, const std::string& path, const std::string& owner) {
  return RemoveUpwards(root, path, owner);
}

}  // namespace isulad::rootfs
