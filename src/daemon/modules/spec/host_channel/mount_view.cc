#include "daemon/modules/spec/host_channel/mount_view.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "daemon/modules/spec/host_channel/channel_mount.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"

namespace isulad::host_channel {
namespace {

constexpr mode_t kViewMode = 0700;

Status AttachAtDirectory(const std::string& view, const os::UniqueFd& mount) {
  // Links on the way are the administrator's ("/var/run"): only the engine can write there.
  ASSIGN_OR_RETURN(const os::UniqueFd target, os::Open(view, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  return os::MoveMount(mount.get(), target.get());
}

}  // namespace

Result<os::UniqueFd> CloneChannel(const HostDirectory& directory, bool read_only) {
  ASSIGN_OR_RETURN(const Found found, FindChannel(directory, Search::kPathOnly));
  if (found.inspection.state != PathState::kMounted) {
    return FailedPrecondition("the channel is not mounted at " + Quote(directory.path));
  }
  ASSIGN_OR_RETURN(os::UniqueFd mount, os::CloneMount(found.fd.get()));
  const uint64_t set = read_only ? MOUNT_ATTR_RDONLY : 0;
  RETURN_IF_ERROR(os::SetMountAttributes(mount.get(), set, MOUNT_ATTR_NOSYMFOLLOW, MS_PRIVATE));
  return mount;
}

Status AttachAt(const std::string& view, const os::UniqueFd& mount) {
  if (::mkdir(view.c_str(), kViewMode) != 0) {
    return SystemError(errno, "make directory " + Quote(view));
  }
  Status attached = AttachAtDirectory(view, mount);
  if (!attached) {
    // The directory is empty and private to the engine; Recover takes it away too.
    IgnoreError(DetachFrom(view));
  }
  return attached;
}

Status DetachFrom(const std::string& view) {
  Status unmounted = os::Unmount(view, MNT_DETACH | UMOUNT_NOFOLLOW);
  if (!unmounted && unmounted.error().system_errno() != EINVAL &&
      unmounted.error().code() != Code::kNotFound) {
    return unmounted;
  }
  // Removing the directory also takes away the copies that mount namespaces made meanwhile still
  // have.
  if (::rmdir(view.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove directory " + Quote(view));
  }
  return OkStatus();
}

}  // namespace isulad::host_channel
