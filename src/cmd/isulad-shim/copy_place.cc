#include "cmd/isulad-shim/copy_place.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "utils/os/file.h"
#include "utils/os/mount_api.h"

namespace isulad::monitor {
namespace {

using shim::CopyPlace;

constexpr uint64_t Bit(unsigned capability) { return uint64_t{1} << capability; }

constexpr uint64_t kKept = Bit(CAP_CHOWN) | Bit(CAP_DAC_OVERRIDE) | Bit(CAP_DAC_READ_SEARCH) |
                           Bit(CAP_FOWNER) | Bit(CAP_FSETID) | Bit(CAP_MKNOD) | Bit(CAP_SETFCAP);

int NamespacesOf(CopyPlace place) {
  switch (place) {
    case CopyPlace::kDirectory:
      return 0;
    case CopyPlace::kUserNamespace:
      return CLONE_NEWUSER;
    case CopyPlace::kProcess:
      return CLONE_NEWNS;
    case CopyPlace::kRemappedProcess:
      return CLONE_NEWNS | CLONE_NEWUSER;
  }
  return 0;
}

Status EnterNamespaces(CopyPlace place) {
  const int namespaces = NamespacesOf(place);
  if (namespaces == 0) {
    return OkStatus();
  }
  if (::setns(shim::kCopyPlaceDescriptor, namespaces) != 0) {
    // ESRCH: the container has exited in the meantime.
    return errno == ESRCH ? FailedPrecondition("the container has just ended")
                          : SystemError(errno, "enter the namespaces of the container");
  }
  if ((namespaces & CLONE_NEWUSER) == 0) {
    return OkStatus();
  }
  if (::setgroups(0, nullptr) != 0 || ::setresgid(0, 0, 0) != 0 || ::setresuid(0, 0, 0) != 0) {
    return SystemError(errno, "become the root of the container");
  }
  return OkStatus();
}

// An export covers the rootfs alone. A clone of its mount hides everything mounted in it, and shows
// the files beneath those mounts.
void LeaveOutMounts(os::UniqueFd& root) {
  if (Result<os::UniqueFd> clone = os::CloneMount(root.get()); clone) {
    root = *std::move(clone);
  }
  // If it cannot be cloned (because of locked mounts), the mounts are left out while the tree is
  // read.
}

Status ChangeRoot(int root) {
  if (::fchdir(root) != 0 || ::chroot(".") != 0 || ::chdir("/") != 0) {
    return SystemError(errno, "change to the root of the container");
  }
  return OkStatus();
}

Status DropCapabilities() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};
  if (::syscall(SYS_capget, &header, data) != 0) {
    return SystemError(errno, "read the capabilities");
  }
  for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; ++i) {
    const auto kept = static_cast<uint32_t>(kKept >> (32 * i));
    data[i].permitted &= kept;  // a daemon that lacks some of them works without them
    data[i].effective = data[i].permitted;
    data[i].inheritable = 0;
  }
  if (::syscall(SYS_capset, &header, data) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return SystemError(errno, "give up capabilities");
  }
  return OkStatus();
}

// Each open directory on the path costs a descriptor.
void RaiseDescriptorLimit() {
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);  // on failure a smaller depth fits
  }
}

}  // namespace

Status DieWithDaemon(int life) {
  // SIGIO kills a process that has no handler, as SIGKILL does, even in the middle of a read from a
  // file system that does not respond.
  if (::fcntl(life, F_SETOWN, ::getpid()) != 0 ||
      ::fcntl(life, F_SETFL, O_NONBLOCK | O_ASYNC) != 0) {
    return SystemError(errno, "watch the daemon");
  }
  char byte = 0;
  if (::read(life, &byte, 1) == 0) {
    return Error(Code::kCancelled, "the daemon has ended");  // before SIGIO was set up
  }
  return OkStatus();
}

Result<os::UniqueFd> EnterCopyPlace(const shim::CopyJob& job) {
  // Not even a root user that by then shares this user namespace may inspect this process.
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return SystemError(errno, "become undumpable");
  }
  ::umask(0);
  RaiseDescriptorLimit();
  os::UniqueFd root(shim::kCopyRootDescriptor);
  RETURN_IF_ERROR(EnterNamespaces(job.place));
  if (job.verb == shim::CopyVerb::kExport) {
    LeaveOutMounts(root);
  }
  RETURN_IF_ERROR(ChangeRoot(root.get()));
  RETURN_IF_ERROR(DropCapabilities());
  return root;
}

}  // namespace isulad::monitor
