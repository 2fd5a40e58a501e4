#include "daemon/modules/spec/host_channel/channel_mount.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/empty_channel.h"
#include "daemon/modules/spec/host_channel/host_path.h"
#include "daemon/modules/spec/host_channel/mount_holders.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/mountinfo.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

constexpr int kMostUnmounts = 5;
constexpr int kMostResizes = 5;

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string OctalMode(mode_t mode) {
  char text[16];
  std::snprintf(text, sizeof(text), "%o", static_cast<unsigned>(mode));
  return text;
}

// The parameters for size and number of inodes. The kernel leaves unchanged what a reconfiguration
// does not name.
Parameters SizeParameters(const TmpfsOptions& options) {
  return {{"size", std::to_string(options.size)}, {"nr_inodes", std::to_string(options.inodes)}};
}

// The parameters for the allocation of pages.
Parameters PageParameters(const TmpfsOptions& options) {
  Parameters parameters;
  if (!options.huge.empty()) {
    parameters.emplace_back("huge", options.huge);
  }
  if (!options.memory_policy.empty()) {
    parameters.emplace_back("mpol", options.memory_policy);
  }
  return parameters;
}

Parameters CreationParameters(const std::string& channel_id, const TmpfsOptions& options) {
  Parameters parameters = SizeParameters(options);
  parameters.emplace_back("source", SourceName(channel_id));
  parameters.emplace_back("mode", OctalMode(options.mode));
  parameters.emplace_back("uid", std::to_string(options.uid));
  parameters.emplace_back("gid", std::to_string(options.gid));
  for (auto& parameter : PageParameters(options)) {
    parameters.push_back(std::move(parameter));
  }
  if (options.noswap) {
    parameters.emplace_back("noswap", "");
  }
  return parameters;
}

// Host programs must not follow links that a container plants in its channel, nor be made to
// execute files that it puts there.
uint64_t MountAttributes(const TmpfsOptions& options) {
  return uint64_t{MOUNT_ATTR_NOSUID} | uint64_t{MOUNT_ATTR_NODEV} |
         (options.follow_symlinks ? 0 : uint64_t{MOUNT_ATTR_NOSYMFOLLOW}) |
         (options.exec ? 0 : uint64_t{MOUNT_ATTR_NOEXEC});
}

// A mount would hide files that others have put there.
Status CheckEmpty(int fd, const HostDirectory& directory) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectoryAt(fd, "."));
  if (!names.empty()) {
    return FailedPrecondition(Quote(directory.path) + " is not empty: it holds " +
                              Quote(names.front()));
  }
  return OkStatus();
}

// Whether the path that was opened as `found` leads to the mount that `mount` is on.
Result<bool> IsSameMount(int mount, const Result<os::UniqueFd>& found) {
  if (!found) {
    return false;
  }
  ASSIGN_OR_RETURN(const uint64_t wanted, os::MountIdOf(mount));
  ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(found->get()));
  return id == wanted;
}

// A mount follows its directory if that has been renamed in the meantime, and would not be found
// again there.
Status CheckInPlace(int mount, const HostDirectory& directory) {
  const Result<bool> in_place = IsSameMount(mount, OpenCanonical(directory.path));
  if (in_place && *in_place) {
    return OkStatus();
  }
  // With the dot, because Unmount does not follow a link in the last component.
  RETURN_IF_ERROR(os::Unmount("/proc/self/fd/" + std::to_string(mount) + "/.", MNT_DETACH));
  return FailedPrecondition(Quote(directory.path) + " was renamed while it was mounted on");
}

Status MountNew(int fd, const HostDirectory& directory, const TmpfsOptions& options) {
  RETURN_IF_ERROR(CheckEmpty(fd, directory));
  ASSIGN_OR_RETURN(const os::UniqueFd mount,
                   os::CreateFilesystem("tmpfs", CreationParameters(directory.channel_id, options),
                                        MountAttributes(options)));
  RETURN_IF_ERROR(os::MoveMount(mount.get(), fd));
  return CheckInPlace(mount.get(), directory);
}

// Sets size and inode limit, and the parameters in `more`. The kernel refuses an inode limit below
// the number in use, and processes at work in the channel can create more files between the look
// and the change.
Status SetSize(int fd, const HostDirectory& directory, TmpfsOptions options,
               const Parameters& more) {
  const uint64_t least = options.inodes;
  for (int attempt = 0;; ++attempt) {
    ASSIGN_OR_RETURN(const Usage before, UsageOf(fd));
    options.inodes = std::max(least, before.inodes_used);
    Parameters parameters = SizeParameters(options);
    parameters.insert(parameters.end(), more.begin(), more.end());
    Status set = os::ReconfigureFilesystem(fd, parameters);
    if (set) {
      return set;
    }
    ASSIGN_OR_RETURN(const Usage after, UsageOf(fd));
    RETURN_IF_ERROR(CheckInUse(directory.path, after.used, options.size));
    if (after.inodes_used <= options.inodes || attempt == kMostResizes) {
      return set;
    }
  }
}

// Root in the container may have changed everything about the root directory and, with
// CAP_SYS_ADMIN, about the file system: a container that starts again finds the channel as it was
// asked for.
Status SetAgain(int fd, const HostDirectory& directory, const TmpfsOptions& options) {
  // Not "noswap": it cannot be undone, and the kernel accepts it only once.
  Parameters more = PageParameters(options);
  more.emplace_back("rw", "");
  RETURN_IF_ERROR(SetSize(fd, directory, options, more));
  ASSIGN_OR_RETURN(const os::UniqueFd root, os::Reopen(fd, O_RDONLY | O_DIRECTORY));
  if (::fchown(root.get(), options.uid, options.gid) != 0) {
    return SystemError(errno, "set the owner of a host channel");
  }
  if (::fchmod(root.get(), options.mode) != 0) {
    return SystemError(errno, "set the mode of a host channel");
  }
  return OkStatus();
}

// Done first, so that no change made to the channel stands in the way of setting its size.
Status Clear(int fd) {
  RETURN_IF_ERROR(os::ReconfigureFilesystem(fd, {{"rw", ""}}));
  Status emptied = EmptyChannel(fd);
  if (!emptied) {
    return std::move(emptied).error().AddContext("empty it, as the option \"clear\" asks");
  }
  return emptied;
}

Result<dev_t> DeviceOf(int fd) {
  struct stat status;
  if (::fstat(fd, &status) != 0) {
    return SystemError(errno, "look at a host channel");
  }
  return status.st_dev;
}

bool IsBusy(const Status& status) { return !status && status.error().system_errno() == EBUSY; }

// Unmounts the mount at `name` in `parent`. A descriptor on the mount itself would keep it busy,
// and a path could lead elsewhere by now.
Result<Unmounted> UnmountAt(int parent, const std::string& name, dev_t device) {
  const std::string path = "/proc/self/fd/" + std::to_string(parent) + "/" + name;
  Unmounted unmounted;
  Status status = os::Unmount(path, UMOUNT_NOFOLLOW);
  // Containers that start or exit at this moment briefly hold copies that belong to no process. The
  // search for holders is the pause between two attempts.
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
      if (options.clear) {
        RETURN_IF_ERROR(Clear(found.fd.get()));
      }
      return SetAgain(found.fd.get(), directory, options);
    default:
      return MountNew(found.fd.get(), directory, options);
  }
}

Status ResizeChannel(const HostDirectory& directory, const TmpfsOptions& options) {
  ASSIGN_OR_RETURN(const Found found, FindChannel(directory, Search::kPathOnly));
  RETURN_IF_ERROR(CheckUnobstructed(found.inspection));
  if (found.inspection.state != PathState::kMounted) {
    return FailedPrecondition("the channel is not mounted at " + Quote(directory.path));
  }
  return SetSize(found.fd.get(), directory, options, {});
}

Result<Unmounted> UnmountChannel(const HostDirectory& directory) {
  ASSIGN_OR_RETURN(Found found, FindChannel(directory, Search::kPathOnly));
  RETURN_IF_ERROR(CheckUnobstructed(found.inspection));
  if (found.inspection.state != PathState::kMounted) {
    return Unmounted{};
  }
  ASSIGN_OR_RETURN(const dev_t device, DeviceOf(found.fd.get()));
  ASSIGN_OR_RETURN(const os::UniqueFd parent, OpenCanonicalParent(directory.path));
  const std::string name(BaseName(directory.path));
  // If a parent was swapped since, it could contain the mount of another channel under the same
  // name.
  ASSIGN_OR_RETURN(
      const bool same,
      IsSameMount(found.fd.get(), os::OpenNoSymlinks(parent.get(), name, O_PATH | O_NOFOLLOW)));
  if (!same) {
    return FailedPrecondition("a parent of " + Quote(directory.path) +
                              " was renamed while it was unmounted");
  }
  found.fd.reset();
  return UnmountAt(parent.get(), name, device);
}

}  // namespace isulad::host_channel
