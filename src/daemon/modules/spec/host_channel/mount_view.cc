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

// False if this kernel cannot do it for a tmpfs (before 6.3).
Result<bool> MapIds(const os::UniqueFd& mount, int user_namespace) {
  const Status mapped = os::MapMountIds(mount.get(), user_namespace);
  if (!mapped && !os::IsUnmappable(mapped.error())) {
    return mapped.error();
  }
  return mapped.has_value();
}

}  // namespace

Result<Clone> CloneChannel(const HostDirectory& directory, bool read_only, int user_namespace) {
  ASSIGN_OR_RETURN(const Found found, FindChannel(directory, Search::kPathOnly));
  if (found.inspection.state != PathState::kMounted) {
    return FailedPrecondition("the channel is not mounted at " + Quote(directory.path));
  }
  Clone clone;
  ASSIGN_OR_RETURN(clone.mount, os::CloneMount(found.fd.get()));
  const uint64_t set = read_only ? MOUNT_ATTR_RDONLY : 0;
  RETURN_IF_ERROR(
      os::SetMountAttributes(clone.mount.get(), set, MOUNT_ATTR_NOSYMFOLLOW, MS_PRIVATE));
  if (user_namespace >= 0) {
    ASSIGN_OR_RETURN(clone.view.maps_ids, MapIds(clone.mount, user_namespace));
  }
  return clone;
}

Status AttachAt(const std::string& view, const os::UniqueFd& mount) {
  if (::mkdir(view.c_str(), kViewMode) != 0) {
    if (errno != ENOENT) {
      return SystemError(errno, "make directory " + Quote(view));
    }
    // The run-time directories have been cleared since the engine made them.
    RETURN_IF_ERROR(os::MakeDirectories(view, kViewMode));
  }
  Status attached = AttachAtDirectory(view, mount);
  if (!attached) {
    // The directory is empty and private to the engine; Recover removes it too.
    IgnoreError(DetachFrom(view));
  }
  return attached;
}

Status DetachFrom(const std::string& view) { return os::RemoveMountPoint(view); }

}  // namespace isulad::host_channel
