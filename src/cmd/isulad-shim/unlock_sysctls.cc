#include "cmd/isulad-shim/unlock_sysctls.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <sys/vfs.h>

#include <cerrno>
#include <string_view>

#include "utils/base/strings.h"
#include "utils/os/mount_api.h"
#include "utils/os/safe_open.h"

namespace isulad::monitor {
namespace {

constexpr const char* kNet[] = {"net"};
constexpr const char* kIpc[] = {
    "fs/mqueue",     "kernel/msgmax", "kernel/msgmnb", "kernel/msgmni",          "kernel/sem",
    "kernel/shmall", "kernel/shmmax", "kernel/shmmni", "kernel/shm_rmid_forced",
};

Status Unlock(int rootfs, const std::string& path) {
  const Result<os::UniqueFd> target = os::OpenNoSymlinks(rootfs, path, O_PATH);
  if (!target) {
    return target.error().system_errno() == ENOENT ? OkStatus() : Status(target.error());
  }
  struct statfs attributes = {};
  if (::fstatfs(target->get(), &attributes) != 0) {
    return SystemError(errno, "look at " + Quote(path));
  }
  if (attributes.f_type != PROC_SUPER_MAGIC) {
    return FailedPrecondition(Quote(path) + " is not the kernel's");
  }
  ASSIGN_OR_RETURN(const os::UniqueFd clone, os::CloneMount(target->get()));
  // crun makes /proc/sys read-only before its hooks run, runc after that.
  RETURN_IF_ERROR(os::SetMountAttributes(clone.get(), 0, MOUNT_ATTR_RDONLY, 0));
  return os::MoveMount(clone.get(), target->get());
}

}  // namespace

Status UnlockSysctls(const std::string& rootfs, const std::vector<std::string>& namespaces) {
  ASSIGN_OR_RETURN(const os::UniqueFd root,
                   os::OpenAt2(AT_FDCWD, rootfs, O_PATH | O_DIRECTORY, 0, 0));
  const auto unlock = [&root](const auto& names) -> Status {
    for (const char* name : names) {
      RETURN_IF_ERROR(Unlock(root.get(), std::string("proc/sys/") + name));
    }
    return OkStatus();
  };
  for (const std::string& name : namespaces) {
    if (name == "net") {
      RETURN_IF_ERROR(unlock(kNet));
    } else if (name == "ipc") {
      RETURN_IF_ERROR(unlock(kIpc));
    } else {
      return InvalidArgument("namespace " + Quote(name) + " is not one of net, ipc");
    }
  }
  return OkStatus();
}

}  // namespace isulad::monitor
