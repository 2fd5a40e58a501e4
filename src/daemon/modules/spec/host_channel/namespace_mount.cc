#include "daemon/modules/spec/host_channel/namespace_mount.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "daemon/modules/spec/host_channel/mount_holders.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/mount_namespace.h"
#include "utils/os/mountinfo.h"
#include "utils/os/process.h"
#include "utils/os/safe_open.h"

namespace isulad::host_channel {
namespace {

using Table = std::vector<os::MountEntry>;

// A user who may rename directories on the way in the container must not be able to keep a mount
// there.
constexpr int kMostWalks = 128;

std::string Relative(std::string_view path) {
  return path == "/" ? "." : std::string(path.substr(1));
}

bool HasOption(const MountEntry& entry, std::string_view option) {
  return std::find(entry.options.begin(), entry.options.end(), option) != entry.options.end();
}

// The view has these attributes already, but the container's mount must not depend on that.
uint64_t AttributesOf(const MountEntry& entry) {
  return uint64_t{MOUNT_ATTR_NOSUID} | uint64_t{MOUNT_ATTR_NODEV} |
         (HasOption(entry, "exec") ? 0 : uint64_t{MOUNT_ATTR_NOEXEC}) |
         (HasOption(entry, "ro") ? uint64_t{MOUNT_ATTR_RDONLY} : 0);
}

Result<os::UniqueFd> CloneOf(const MountEntry& entry) {
  // Only the engine can write where the view is.
  ASSIGN_OR_RETURN(const os::UniqueFd view, os::Open(entry.source, O_PATH | O_DIRECTORY));
  ASSIGN_OR_RETURN(os::UniqueFd clone, os::CloneMount(view.get()));
  RETURN_IF_ERROR(os::SetMountAttributes(clone.get(), AttributesOf(entry), 0, MS_PRIVATE));
  return clone;
}

bool IsOfAnyChannel(const os::MountEntry& mount) {
  return mount.type == "tmpfs" && mount.source.rfind(SourceName(""), 0) == 0;
}

Error OnTheWay(const std::string& path, const std::string& reason) {
  return FailedPrecondition("host channel container path " + Quote(path) + ": " + reason);
}

// The path comes from the kernel: it contains no links.
Result<os::UniqueFd> OpenDirectory(int root, const std::string& path) {
  return os::OpenNoSymlinks(root, Relative(path), O_PATH | O_DIRECTORY | O_NOFOLLOW);
}

Status EnterAndUnmount(int parent, const std::string& name, int flags) {
  if (::fchdir(parent) != 0) {
    return SystemError(errno, "enter the directory above a mount");
  }
  return os::Unmount(name, flags);
}

// Whether a directory on the way was renamed after the mount table was read.
bool WasRenamed(const Error& error) {
  const int number = error.system_errno();
  return number == ENOENT || number == ENOTDIR || number == ELOOP;
}

Error Ended(const ProcessId& process) {
  return Unavailable("process " + std::to_string(process.pid) + " has ended");
}

Error OrEnded(const Error& error, const ProcessId& process) {
  return error.code() == Code::kNotFound ? Ended(process) : error;
}

bool StillBusy(const Status& status) { return !status && status.error().system_errno() == EBUSY; }

}  // namespace

Result<NamespaceMounts> NamespaceMounts::Open(const ProcessId& process) {
  const Result<os::UniqueFd> pidfd = os::OpenPidfdVerified(process.pid, process.start_time);
  if (!pidfd) {
    return OrEnded(pidfd.error(), process);
  }
  ASSIGN_OR_RETURN(os::UniqueFd proc, os::Open("/proc", O_PATH | O_DIRECTORY));
  Result<os::UniqueFd> mount_namespace =
      os::Open("/proc/" + std::to_string(process.pid) + "/ns/mnt", O_RDONLY);
  // It has not been reaped, so the pid was still its own when the namespace was opened.
  if (const Status alive = os::SendSignal(*pidfd, 0); !alive) {
    return OrEnded(alive.error(), process);
  }
  if (!mount_namespace) {
    return Ended(process);  // a zombie, which no longer has a namespace
  }
  NamespaceMounts mounts(std::move(proc), *std::move(mount_namespace), os::UniqueFd());
  RETURN_IF_ERROR(mounts.Inside([&]() -> Status {
    ASSIGN_OR_RETURN(mounts.root_, os::Open("/", O_PATH | O_DIRECTORY));
    return OkStatus();
  }));
  return mounts;
}

Status NamespaceMounts::Inside(const std::function<Status()>& work) const {
  Status result;
  RETURN_IF_ERROR(os::RunInMountNamespace(mount_namespace_.get(), [&] { result = work(); }));
  return result;
}

Result<std::vector<os::MountEntry>> NamespaceMounts::ReadTable() const {
  Result<Table> table = Internal("not read");
  RETURN_IF_ERROR(os::RunInMountNamespace(mount_namespace_.get(),
                                          [&] { table = os::ReadMountinfo(proc_.get()); }));
  return table;
}

// Checks the way as far as it exists.
Status NamespaceMounts::CheckWay(const std::string& path) const {
  ASSIGN_OR_RETURN(const Table table, ReadTable());
  std::string way;
  for (const std::string_view component : PathComponents(path)) {
    way.append("/").append(component);
    const Result<os::UniqueFd> node =
        os::OpenNoSymlinks(root_.get(), Relative(way), O_PATH | O_NOFOLLOW);
    if (!node && node.error().system_errno() == ENOENT) {
      break;
    }
    if (!node) {
      return node.error();
    }
    struct stat status;
    if (::fstat(node->get(), &status) != 0) {
      return SystemError(errno, "look at " + Quote(way) + " in the container");
    }
    if (S_ISLNK(status.st_mode)) {
      return OnTheWay(path, Quote(way) + " is a symbolic link in the container");
    }
    if (!S_ISDIR(status.st_mode)) {
      return OnTheWay(path, Quote(way) + " is not a directory in the container");
    }
    ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(node->get()));
    for (const os::MountEntry& mount : table) {
      if (mount.id == id && IsOfAnyChannel(mount)) {
        return OnTheWay(path, Quote(way) + " lies in another host channel");
      }
    }
  }
  for (const os::MountEntry& mount : table) {
    if (mount.target != path && IsSameOrBeneath(mount.target, path)) {
      return OnTheWay(path, "another mount of the container stands at " + Quote(mount.target));
    }
  }
  return OkStatus();
}

Status NamespaceMounts::MoveTo(int mount, const std::string& path) const {
  ASSIGN_OR_RETURN(const os::UniqueFd target, OpenDirectory(root_.get(), path));
  ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(mount));
  RETURN_IF_ERROR(Inside([&] { return os::MoveMount(mount, target.get()); }));
  // A mount follows its directory if that has been renamed in the meantime, but never out of the
  // namespace.
  const Result<os::UniqueFd> there = OpenDirectory(root_.get(), path);
  const Result<uint64_t> found = there ? os::MountIdOf(there->get()) : Result<uint64_t>(0);
  if (found && *found == id) {
    return OkStatus();
  }
  const std::string descriptor = "self/fd/" + std::to_string(mount) + "/.";
  RETURN_IF_ERROR(Inside([&] { return EnterAndUnmount(proc_.get(), descriptor, MNT_DETACH); }));
  return OnTheWay(path, "it was renamed while it was mounted on");
}

Status NamespaceMounts::Attach(const MountEntry& entry,
                               const MakeMountPoint& make_mount_point) const {
  ASSIGN_OR_RETURN(const os::UniqueFd clone, CloneOf(entry));
  RETURN_IF_ERROR(CheckWay(entry.destination));
  RETURN_IF_ERROR(make_mount_point());
  // Checks what was made, or has been put there since.
  RETURN_IF_ERROR(CheckWay(entry.destination));
  return MoveTo(clone.get(), entry.destination);
}

Status NamespaceMounts::DetachOne(const std::string& path, uint64_t mount_id,
                                  Detached& detached) const {
  const std::string name(BaseName(path));
  ASSIGN_OR_RETURN(const os::UniqueFd parent,
                   OpenDirectory(root_.get(), std::string(ParentPath(path))));
  struct stat status;
  struct stat inside;
  {
    ASSIGN_OR_RETURN(const os::UniqueFd mount, OpenDirectory(parent.get(), "/" + name));
    ASSIGN_OR_RETURN(const uint64_t id, os::MountIdOf(mount.get()));
    if (id != mount_id) {
      return Error(Code::kFailedPrecondition, ENOENT,
                   "another mount stands at " + Quote(path) + " in the container");
    }
    if (::fstat(mount.get(), &status) != 0 || ::fstat(mount_namespace_.get(), &inside) != 0) {
      return SystemError(errno, "look at " + Quote(path) + " in the container");
    }
  }
  // Unmounts by name, because a descriptor on the mount would keep it busy; a mount point cannot be
  // renamed in the namespace.
  Status unmounted = Inside([&] { return EnterAndUnmount(parent.get(), name, 0); });
  if (StillBusy(unmounted)) {
    detached.busy = true;
    detached.holders = FindHolders(status.st_dev, inside.st_ino);
    unmounted = Inside([&] { return EnterAndUnmount(parent.get(), name, MNT_DETACH); });
  }
  if (unmounted) {
    detached.paths.push_back(path);
  }
  return unmounted;
}

Result<NamespaceMounts::Detached> NamespaceMounts::Detach(const std::string& channel_id) const {
  Detached detached;
  for (int attempt = 1;;) {
    ASSIGN_OR_RETURN(const Table table, ReadTable());
    // The newest first: it may be mounted on another one.
    const auto mount = std::find_if(table.rbegin(), table.rend(), [&](const os::MountEntry& entry) {
      return entry.type == "tmpfs" && entry.source == SourceName(channel_id);
    });
    if (mount == table.rend()) {
      return detached;
    }
    const Status done = DetachOne(mount->target, mount->id, detached);
    if (!done && (!WasRenamed(done.error()) || ++attempt > kMostWalks)) {
      return done.error();
    }
  }
}

Result<bool> NamespaceMounts::Has(const std::string& channel_id) const {
  ASSIGN_OR_RETURN(const Table table, ReadTable());
  return std::any_of(table.begin(), table.end(), [&](const os::MountEntry& mount) {
    return mount.type == "tmpfs" && mount.source == SourceName(channel_id);
  });
}

Result<os::UniqueFd> NamespaceMounts::Clone(const std::string& directory) const {
  ASSIGN_OR_RETURN(const os::UniqueFd source,
                   os::OpenNoSymlinks(root_.get(), directory, O_PATH | O_DIRECTORY));
  os::UniqueFd clone;
  RETURN_IF_ERROR(Inside([&]() -> Status {
    ASSIGN_OR_RETURN(clone, os::CloneMount(source.get()));
    return OkStatus();
  }));
  RETURN_IF_ERROR(os::SetMountAttributes(
      clone.get(), MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, 0, MS_PRIVATE));
  return clone;
}

}  // namespace isulad::host_channel
