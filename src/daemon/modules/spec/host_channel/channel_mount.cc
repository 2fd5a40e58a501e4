#include "daemon/modules/spec/host_channel/channel_mount.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_holders.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

constexpr int kMostUnmounts = 5;

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string OctalMode(mode_t mode) {
  char text[16];
  std::snprintf(text, sizeof(text), "%o", static_cast<unsigned>(mode));
  return text;
}

// What can be changed while it is mounted.
Parameters SizeParameters(const TmpfsOptions& options) {
  return {{"size", std::to_string(options.size)}, {"nr_inodes", std::to_string(options.inodes)}};
}

Parameters CreationParameters(const std::string& channel_id, const TmpfsOptions& options) {
  Parameters parameters = SizeParameters(options);
  parameters.emplace_back("source", SourceName(channel_id));
  parameters.emplace_back("mode", OctalMode(options.mode));
  parameters.emplace_back("uid", std::to_string(options.uid));
  parameters.emplace_back("gid", std::to_string(options.gid));
  return parameters;
}

// Host programs must not follow links that a container plants in its channel.
uint64_t LinkAttribute(const TmpfsOptions& options) {
  return options.follow_symlinks ? 0 : uint64_t{MOUNT_ATTR_NOSYMFOLLOW};
}

// A mount would hide what others have put there.
Status CheckEmpty(int fd, const HostDirectory& directory) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectoryAt(fd, "."));
  if (!names.empty()) {
    return FailedPrecondition(Quote(directory.path) + " is not empty: it holds " +
                              Quote(names.front()));
  }
  return OkStatus();
}

Status MountNew(int fd, const HostDirectory& directory, const TmpfsOptions& options) {
  RETURN_IF_ERROR(CheckEmpty(fd, directory));
  const uint64_t attributes =
      MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC | LinkAttribute(options);
  ASSIGN_OR_RETURN(
      const os::UniqueFd mount,
      os::CreateFilesystem("tmpfs", CreationParameters(directory.channel_id, options), attributes));
  return os::MoveMount(mount.get(), fd);
}

// Root in the container may have changed everything about the root directory and, with
// CAP_SYS_ADMIN, about the file system: a container that starts again finds it as it was asked for.
Status SetAgain(int fd, const TmpfsOptions& options) {
  Parameters parameters = SizeParameters(options);
  parameters.emplace_back("rw", "");
  RETURN_IF_ERROR(os::ReconfigureFilesystem(fd, parameters));
  ASSIGN_OR_RETURN(const os::UniqueFd root, os::Reopen(fd, O_RDONLY | O_DIRECTORY));
  if (::fchown(root.get(), options.uid, options.gid) != 0) {
    return SystemError(errno, "set the owner of a host channel");
  }
  if (::fchmod(root.get(), options.mode) != 0) {
    return SystemError(errno, "set the mode of a host channel");
  }
  return OkStatus();
}

Result<dev_t> DeviceOf(int fd) {
  struct stat status;
  if (::fstat(fd, &status) != 0) {
    return SystemError(errno, "look at a host channel");
  }
  return status.st_dev;
}

bool IsBusy(const Status& status) { return !status && status.error().system_errno() == EBUSY; }

// Unmounts what is at `name` in `parent`. A descriptor on the mount itself would keep it busy, and
// a path could lead elsewhere by now.
Result<Unmounted> UnmountAt(int parent, const std::string& name, dev_t device) {
  const std::string path = "/proc/self/fd/" + std::to_string(parent) + "/" + name;
  Unmounted unmounted;
  Status status = os::Unmount(path, UMOUNT_NOFOLLOW);
  // Containers that start or end at this moment hold copies for an instant that no process answers
  // for. The search for holders is the pause between two attempts.
  for (int attempt = 1; attempt < kMostUnmounts && IsBusy(status); ++attempt) {
    unmounted.holders = FindHolders(device);
    if (!unmounted.holders.empty()) {
      break;
    }
    status = os::Unmount(path, UMOUNT_NOFOLLOW);
  }
  if (IsBusy(status)) {
    unmounted.detached = true;
    status = os::Unmount(path, MNT_DETACH | UMOUNT_NOFOLLOW);
  }
  if (!status) {
    return std::move(status).error();
  }
  return unmounted;
}

}  // namespace

Status MountChannel(const HostDirectory& directory, const TmpfsOptions& options) {
  ASSIGN_OR_RETURN(const Found found, FindChannel(directory, Search::kPathOnly));
  RETURN_IF_ERROR(CheckUnobstructed(found.inspection));
  switch (found.inspection.state) {
    case PathState::kMissing:
      return NotFound(Quote(directory.path) + " does not exist");
    case PathState::kMounted:
      return SetAgain(found.fd.get(), options);
    default:
      return MountNew(found.fd.get(), directory, options);
  }
}

Result<Unmounted> UnmountChannel(const HostDirectory& directory) {
  ASSIGN_OR_RETURN(Found found, FindChannel(directory, Search::kPathOnly));
  RETURN_IF_ERROR(CheckUnobstructed(found.inspection));
  if (found.inspection.state != PathState::kMounted) {
    return Unmounted{};
  }
  ASSIGN_OR_RETURN(const dev_t device, DeviceOf(found.fd.get()));
  found.fd.reset();
  ASSIGN_OR_RETURN(
      const os::UniqueFd parent,
      os::OpenNoSymlinks(AT_FDCWD, std::string(ParentPath(directory.path)), O_PATH | O_DIRECTORY));
  return UnmountAt(parent.get(), std::string(BaseName(directory.path)), device);
}

}  // namespace isulad::host_channel
