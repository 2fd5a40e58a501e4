#include "cmd/isulad-shim/attach_mount.h"

#include <fcntl.h>

#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/safe_open.h"

namespace isulad::monitor {

Status AttachMount(const std::string& mount, const std::string& rootfs, const std::string& target) {
  ASSIGN_OR_RETURN(const os::UniqueFd detached, os::Open(mount, O_PATH | O_DIRECTORY));
  ASSIGN_OR_RETURN(const os::UniqueFd root,
                   os::OpenAt2(AT_FDCWD, rootfs, O_PATH | O_DIRECTORY, 0, 0));
  ASSIGN_OR_RETURN(const os::UniqueFd place,
                   os::OpenNoSymlinks(root.get(), target, O_PATH | O_DIRECTORY));
  return os::MoveMount(detached.get(), place.get());
}

}  // namespace isulad::monitor
