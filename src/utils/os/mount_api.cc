#include "utils/os/mount_api.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "utils/base/strings.h"

namespace isulad::os {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// The errors in the kernel's log of a file system context, which has one message per read ("e
// tmpfs: Bad value for 'size'"); empty if there are none. Warnings ("w") and notices ("i") are
// skipped.
std::string ReasonsInLog(int context) {
  std::string reasons;
  char buffer[1024];
  for (ssize_t n; (n = ::read(context, buffer, sizeof(buffer))) > 0;) {
    const std::string_view line = Trim(std::string_view(buffer, static_cast<size_t>(n)));
    if (line.substr(0, 2) == "e ") {
      reasons.append(reasons.empty() ? "" : "; ").append(line.substr(2));
    }
  }
  return reasons;
}

Error ContextError(int system_errno, const std::string& what, int context) {
  const std::string reasons = ReasonsInLog(context);
  const Error error = SystemError(system_errno, what);
  if (reasons.empty()) {
    return error;
  }
  return {error.code(), system_errno, error.message() + " (" + reasons + ")"};
}

Status SetParameters(int context, const Parameters& parameters) {
  for (const auto& [key, value] : parameters) {
    const int result =
        value.empty() ? ::fsconfig(context, FSCONFIG_SET_FLAG, key.c_str(), nullptr, 0)
                      : ::fsconfig(context, FSCONFIG_SET_STRING, key.c_str(), value.c_str(), 0);
    if (result != 0) {
      return ContextError(errno, "set " + key + " to " + Quote(value), context);
    }
  }
  return OkStatus();
}

Status Command(int context, unsigned command, const std::string& what) {
  if (::fsconfig(context, command, nullptr, nullptr, 0) != 0) {
    return ContextError(errno, what, context);
  }
  return OkStatus();
}

unsigned Recursion(Extent extent) { return extent == Extent::kTree ? AT_RECURSIVE : 0; }

Result<UniqueFd> OpenType(const std::string& type) {
  UniqueFd context(::fsopen(type.c_str(), FSOPEN_CLOEXEC));
  if (!context) {
    return SystemError(errno, "open file system type " + Quote(type));
  }
  return context;
}

}  // namespace

Status ProbeParameter(const std::string& type, const std::string& key, const std::string& value) {
  ASSIGN_OR_RETURN(const UniqueFd context, OpenType(type));
  return SetParameters(context.get(), {{key, value}});
}

Result<UniqueFd> CreateFilesystem(const std::string& type, const Parameters& parameters,
                                  uint64_t attributes) {
  ASSIGN_OR_RETURN(const UniqueFd context, OpenType(type));
  RETURN_IF_ERROR(SetParameters(context.get(), parameters));
  RETURN_IF_ERROR(Command(context.get(), FSCONFIG_CMD_CREATE, "create " + type));
  UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, static_cast<unsigned>(attributes)));
  if (!mount) {
    return ContextError(errno, "mount " + type, context.get());
  }
  return mount;
}

Status ReconfigureFilesystem(int directory, const Parameters& parameters) {
  const UniqueFd context(::fspick(directory, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH));
  if (!context) {
    return SystemError(errno, "pick the mounted file system");
  }
  RETURN_IF_ERROR(SetParameters(context.get(), parameters));
  return Command(context.get(), FSCONFIG_CMD_RECONFIGURE, "reconfigure the file system");
}

Status MoveMount(int mount, int target) {
  if (::move_mount(mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) != 0) {
    return SystemError(errno, "attach the mount");
  }
  return OkStatus();
}

Result<UniqueFd> CloneMount(int directory, Extent extent) {
  const unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | Recursion(extent);
  UniqueFd clone(::open_tree(directory, "", flags));
  if (!clone) {
    return SystemError(errno, "clone the mount");
  }
  return clone;
}

Status SetMountAttributes(int mount, uint64_t set, uint64_t clear, uint64_t propagation,
                          Extent extent) {
  mount_attr attributes = {};
  attributes.attr_set = set;
  attributes.attr_clr = clear;
  attributes.propagation = propagation;
  const unsigned flags = AT_EMPTY_PATH | Recursion(extent);
  if (::mount_setattr(mount, "", flags, &attributes, sizeof(attributes)) != 0) {
    return SystemError(errno, "set the mount's attributes");
  }
  return OkStatus();
}

Status MapMountIds(int mount, int user_namespace, Extent extent) {
  mount_attr attributes = {};
  attributes.attr_set = MOUNT_ATTR_IDMAP;
  attributes.userns_fd = static_cast<uint64_t>(user_namespace);
  const unsigned flags = AT_EMPTY_PATH | Recursion(extent);
  if (::mount_setattr(mount, "", flags, &attributes, sizeof(attributes)) != 0) {
    return SystemError(errno, "map the mount's ids");
  }
  return OkStatus();
}

bool IsUnmappable(const Error& error) {
  // EINVAL: not supported by the kernel or the file system. EPERM: the mount already maps ids.
  return error.system_errno() == EINVAL || error.system_errno() == EPERM ||
         error.system_errno() == ENOSYS;
}

Status DetachMount(int mount_root) {
  // The last component is a magic link that must be followed, so UMOUNT_NOFOLLOW is not set.
  const std::string path = "/proc/self/fd/" + std::to_string(mount_root);
  if (::umount2(path.c_str(), MNT_DETACH) != 0) {
    return SystemError(errno, "detach the mount");
  }
  return OkStatus();
}

Status Unmount(const std::string& path, int flags) {
  if (::umount2(path.c_str(), flags | UMOUNT_NOFOLLOW) != 0) {
    return SystemError(errno, "unmount " + Quote(path));
  }
  return OkStatus();
}

Status RemoveMountPoint(const std::string& path) {
  Status unmounted = Unmount(path, MNT_DETACH);
  if (!unmounted && unmounted.error().system_errno() != EINVAL &&
      unmounted.error().code() != Code::kNotFound) {
    return unmounted;
  }
  if (::rmdir(path.c_str()) != 0 && errno != ENOENT) {
    return SystemError(errno, "remove directory " + Quote(path));
  }
  return OkStatus();
}

}  // namespace isulad::os
