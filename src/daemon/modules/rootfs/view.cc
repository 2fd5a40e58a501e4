#include "daemon/modules/rootfs/view.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "daemon/modules/rootfs/overlay.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/user_namespace.h"

namespace isulad::rootfs {
namespace {

constexpr mode_t kViewsMode = 0711;
constexpr mode_t kViewMode = 0710;
constexpr mode_t kMountPointMode = 0700;

Result<struct stat> StatusOf(int fd, const std::string& path) {
  struct stat status = {};
  if (::fstatat(fd, "", &status, AT_EMPTY_PATH) != 0) {
    return SystemError(errno, "look at " + Quote(path));
  }
  return status;
}

bool BelongsTo(const struct stat& status, const UserRemap& remap) {
  return status.st_uid == remap.uid && status.st_gid == remap.gid;
}

Error CannotMap(const std::string& path, const struct stat& status, const UserRemap& remap) {
  const std::string wanted = std::to_string(remap.uid) + ":" + std::to_string(remap.gid);
  return FailedPrecondition("rootfs " + Quote(path) + " belongs to " +
                            std::to_string(status.st_uid) + ":" + std::to_string(status.st_gid) +
                            ", and its file system, or one mounted in it, cannot map ids: for " +
                            "user remap " + Quote(FormatUserRemap(remap)) + " it must belong to " +
                            wanted + ", with the owners of all that is in it shifted alike");
}

// Whether a process with the ids of the container's root may search a directory. Access lists are
// not checked: their grants are not known here, and the runtime would report the same less clearly.
bool MaySearch(const struct stat& status, const UserRemap& remap) {
  if (status.st_uid == remap.uid) {
    return (status.st_mode & S_IXUSR) != 0;
  }
  return (status.st_mode & (status.st_gid == remap.gid ? S_IXGRP : S_IXOTH)) != 0;
}

Status MakeDirectory(const std::string& path, mode_t mode) {
  if (::mkdir(path.c_str(), mode) != 0) {
    return SystemError(errno, "make directory " + Quote(path));
  }
  return OkStatus();
}

Status MakeViews(const std::string& views) {
  RETURN_IF_ERROR(os::MakeDirectories(views, kViewsMode));
  if (::chmod(views.c_str(), kViewsMode) != 0) {  // independent of the daemon's umask
    return SystemError(errno, "set the mode of " + Quote(views));
  }
  return OkStatus();
}

std::string LowerOf(const std::string& directory) { return directory + "/lower"; }

Status RemoveAll(const std::string& directory) {
  RETURN_IF_ERROR(os::RemoveMountPoint(LowerOf(directory)));
  RETURN_IF_ERROR(os::RemoveMountPoint(directory + "/root"));
  return os::RemoveMountPoint(directory);
}

// Without removing the directory that was mounted on, other mount namespaces could keep the mount.
Status LeaveDirectory(const std::string& directory) {
  const std::string path = directory + "/root";
  RETURN_IF_ERROR(os::RemoveMountPoint(LowerOf(directory)));
  RETURN_IF_ERROR(os::RemoveMountPoint(path));
  return MakeDirectory(path, kMountPointMode);
}

Status AttachAt(const std::string& path, int mount) {
  ASSIGN_OR_RETURN(const os::UniqueFd target, os::Open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  return os::MoveMount(mount, target.get());
}

bool IsMounted(const std::string& path) {
  const Result<os::UniqueFd> fd = os::Open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW);
  struct statx status = {};
  return fd && ::statx(fd->get(), "", AT_EMPTY_PATH, 0, &status) == 0 &&
         (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

}  // namespace

Result<os::UniqueFd> CloneRemapped(int rootfs, const std::string& path, const UserRemap& remap) {
  ASSIGN_OR_RETURN(const struct stat status, StatusOf(rootfs, path));
  ASSIGN_OR_RETURN(os::UniqueFd clone, os::CloneMount(rootfs, os::Extent::kTree));
  RETURN_IF_ERROR(os::SetMountAttributes(clone.get(), 0, 0, MS_PRIVATE, os::Extent::kTree));
  if (BelongsTo(status, remap)) {
    return clone;
  }
  ASSIGN_OR_RETURN(const os::UniqueFd user_namespace, os::CreateUserNamespace(remap));
  const Status mapped = os::MapMountIds(clone.get(), user_namespace.get(), os::Extent::kTree);
  if (!mapped) {
    return os::IsUnmappable(mapped.error()) ? CannotMap(path, status, remap) : mapped.error();
  }
  return clone;
}

Status CheckSearchable(const std::string& directory, const UserRemap& remap) {
  // By descriptor: "/var/run" is a link on many systems.
  ASSIGN_OR_RETURN(const os::UniqueFd fd, os::Open(directory, O_PATH | O_DIRECTORY));
  ASSIGN_OR_RETURN(const std::string canonical, os::DescriptorPath(fd.get()));
  for (std::string_view path = canonical;; path = ParentPath(path)) {
    struct stat status = {};
    if (::lstat(std::string(path).c_str(), &status) != 0) {
      return SystemError(errno, "look at " + Quote(path));
    }
    if (!MaySearch(status, remap)) {
      return FailedPrecondition("uid " + std::to_string(remap.uid) + " must be able to search " +
                                Quote(path) + " (mode o+x) for a container with user remap " +
                                Quote(FormatUserRemap(remap)) +
                                ": its runtime starts from beneath");
    }
    if (path == "/") {
      return OkStatus();
    }
  }
}

Result<std::unique_ptr<ScopedView>> ScopedView::Create(const std::string& views,
                                                       const std::string& id,
                                                       const ViewSource& source) {
  RETURN_IF_ERROR(MakeViews(views));
  if (source.remap) {
    RETURN_IF_ERROR(CheckSearchable(views, *source.remap));
  }
  const std::string directory = views + "/" + id;
  RETURN_IF_ERROR(RemoveAll(directory));
  std::unique_ptr<ScopedView> view(new ScopedView(directory));
  RETURN_IF_ERROR(view->MakeDirectories(source));
  ASSIGN_OR_RETURN(const os::UniqueFd mount, view->MountOf(source));
  RETURN_IF_ERROR(AttachAt(view->path_, mount.get()));
  return view;
}

Status ScopedView::MakeDirectories(const ViewSource& source) const {
  RETURN_IF_ERROR(MakeDirectory(directory_, kMountPointMode));
  // The owner is the host's root, so that the container's root cannot put anything in it.
  const gid_t group = source.remap ? source.remap->gid : 0;
  if (::chown(directory_.c_str(), 0, group) != 0 || ::chmod(directory_.c_str(), kViewMode)) {
    return SystemError(errno, "set the owner of " + Quote(directory_));
  }
  return MakeDirectory(path_, kMountPointMode);
}

Result<os::UniqueFd> ScopedView::MountOf(const ViewSource& source) const {
  if (source.layers.empty()) {
    return source.remap ? CloneRemapped(source.rootfs, source.path, *source.remap)
                        : os::CloneMount(source.rootfs, os::Extent::kTree);
  }
  os::UniqueFd lower;
  if (source.remap) {
    // A layer has to be attached somewhere.
    const std::string place = LowerOf(directory_);
    RETURN_IF_ERROR(MakeDirectory(place, kMountPointMode));
    ASSIGN_OR_RETURN(const os::UniqueFd mapped,
                     CloneRemapped(source.rootfs, source.path, *source.remap));
    RETURN_IF_ERROR(AttachAt(place, mapped.get()));
    ASSIGN_OR_RETURN(lower, os::Open(place, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  }
  const int layer = source.remap ? lower.get() : source.rootfs;
  RETURN_IF_ERROR(MakeLayers(source.layers, layer));
  ASSIGN_OR_RETURN(os::UniqueFd mount, MountLayers(source.layers, layer, source.path));
  RETURN_IF_ERROR(os::RemoveMountPoint(LowerOf(directory_)));  // the overlay has a copy of it
  return mount;
}

Status ScopedView::Finish() {
  finished_ = true;
  return LeaveDirectory(directory_);
}

ScopedView::~ScopedView() {
  if (!finished_) {
    IgnoreError(RemoveAll(directory_));
  }
}

Status RemoveView(const std::string& views, const std::string& id) {
  return RemoveAll(views + "/" + id);
}

std::vector<std::string> RecoverViews(const std::string& views,
                                      const std::function<bool(const std::string& id)>& runs) {
  std::vector<std::string> notices;
  // The directory does not exist if no container has had a view.
  for (const std::string& id : os::ListDirectory(views).value_or(std::vector<std::string>())) {
    const std::string directory = views + "/" + id;
    const std::string path = directory + "/root";
    const bool mounted = IsMounted(path) || IsMounted(LowerOf(directory));
    const Status removed = runs(id) ? LeaveDirectory(directory) : RemoveAll(directory);
    if (!removed) {
      notices.push_back("could not take away " + Quote(path) + ": " + removed.error().message());
    } else if (mounted) {
      notices.push_back("took away " + Quote(path) + ", left by an interrupted start");
    }
  }
  return notices;
}

}  // namespace isulad::rootfs
