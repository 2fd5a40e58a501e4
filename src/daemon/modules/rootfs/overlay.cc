#include "daemon/modules/rootfs/overlay.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"

namespace isulad::rootfs {
namespace {

constexpr mode_t kLayerMode = 0700;  // the files in the layers can belong to another root
constexpr mode_t kPermissions = 07777;

std::string UpperOf(const std::string& directory) { return directory + "/upper"; }
std::string WorkOf(const std::string& directory) { return directory + "/work"; }

// Layers are named by descriptors: so no character of a path is special, and no directory on the
// way can be replaced.
std::string NameOf(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

Status TakeAttributes(const std::string& upper, int lower) {
  struct stat wanted = {};
  if (::fstat(lower, &wanted) != 0) {
    return SystemError(errno, "look at a rootfs");
  }
  if (::lchown(upper.c_str(), wanted.st_uid, wanted.st_gid) != 0 ||
      ::chmod(upper.c_str(), wanted.st_mode & kPermissions) != 0) {
    return SystemError(errno, "set the owner and mode of " + Quote(upper));
  }
  return OkStatus();
}

}  // namespace

Status CheckLayers(const std::string& path, const std::string& place) {
  ASSIGN_OR_RETURN(const os::UniqueFd fd, os::Open(place, O_PATH | O_DIRECTORY));
  ASSIGN_OR_RETURN(const std::string canonical, os::DescriptorPath(fd.get()));
  if (PathsOverlap(path, canonical)) {
    return InvalidArgument("rootfs " + Quote(path) + " cannot be overlaid: what changes in it " +
                           "would be kept in " + Quote(canonical) + ", and overlaid itself");
  }
  return OkStatus();
}

Status MakeLayers(const std::string& directory, int lower) {
  const std::string upper = UpperOf(directory);
  RETURN_IF_ERROR(os::MakeDirectories(WorkOf(directory), kLayerMode));
  if (os::PathExists(upper)) {
    return OkStatus();  // the container's by now, with whatever mode it has set
  }
  // Complete from the moment at which it exists.
  const std::string unfinished = upper + ".new";
  RETURN_IF_ERROR(os::MakeDirectories(unfinished, kLayerMode));
  RETURN_IF_ERROR(TakeAttributes(unfinished, lower));
  if (::rename(unfinished.c_str(), upper.c_str()) != 0) {
    return SystemError(errno, "make directory " + Quote(upper));
  }
  return OkStatus();
}

Result<os::UniqueFd> MountLayers(const std::string& directory, int lower, const std::string& path) {
  ASSIGN_OR_RETURN(const os::UniqueFd upper, OpenUpperLayer(directory));
  ASSIGN_OR_RETURN(const os::UniqueFd work,
                   os::Open(WorkOf(directory), O_PATH | O_DIRECTORY | O_NOFOLLOW));
  // With redirect_dir a directory of the lower layer can be renamed. The attributes needed for this
  // are trusted ones, which a container cannot set.
  Result<os::UniqueFd> mount = os::CreateFilesystem("overlay",
                                                    {{"source", "isulad"},
                                                     {"lowerdir", NameOf(lower)},
                                                     {"upperdir", NameOf(upper.get())},
                                                     {"workdir", NameOf(work.get())},
                                                     {"redirect_dir", "on"}},
                                                    0);
  if (!mount) {
    return std::move(mount).error().AddContext("overlay of rootfs " + Quote(path) +
                                               " with its changes in " + Quote(directory));
  }
  return mount;
}

Result<os::UniqueFd> OpenUpperLayer(const std::string& directory) {
  return os::Open(UpperOf(directory), O_PATH | O_DIRECTORY | O_NOFOLLOW);
}

}  // namespace isulad::rootfs
