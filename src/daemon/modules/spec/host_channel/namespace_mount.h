// Attaches a channel's mount in the mount namespace of a running container, and detaches it.
//
// Nothing in the namespace is trusted. Paths are walked from its root by descriptors, refusing
// symbolic links, which can be done from outside; only the two calls that change its mounts are
// made inside, by a thread that enters the namespace for that call.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_NAMESPACE_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_NAMESPACE_MOUNT_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "utils/base/result.h"
#include "utils/os/mountinfo.h"
#include "utils/os/unique_fd.h"

namespace isulad::host_channel {

// A process that has not been reaped, identified by pid and start time (clock ticks since boot).
struct ProcessId {
  pid_t pid = 0;
  uint64_t start_time = 0;
};

// Thread-safe, except that no two calls may change one namespace at the same time.
class NamespaceMounts {
 public:
  // Opens the mount namespace of `process` and the root of that namespace, whatever root the
  // process itself has set. kUnavailable if the process has ended.
  static Result<NamespaceMounts> Open(const ProcessId& process);

  // The root, O_PATH.
  int root() const { return root_.get(); }

  // Makes the mount point if it is missing; called after the way there has been checked.
  using MakeMountPoint = std::function<Status()>;
  // Mounts a copy of the mount at `entry.source`, with the attributes in `entry.options`, at
  // `entry.destination`. kFailedPrecondition if the way there leads through a symbolic link or into
  // another channel or is not a directory, or if another mount lies beneath. On this and every
  // other error, nothing is mounted.
  Status Attach(const MountEntry& entry, const MakeMountPoint& make_mount_point) const;

  struct Detached {
    std::vector<std::string> paths;    // where the channel was mounted, as seen in the namespace
    bool busy = false;                 // gone from the paths, and released by its last user
    std::vector<std::string> holders;  // the processes that kept it busy: `dd (pid 12)`
  };
  // Unmounts all mounts of the channel. Succeeds if there are none.
  Result<Detached> Detach(const std::string& channel_id) const;

  Result<bool> Has(const std::string& channel_id) const;

  // A detached, private copy of the mount that `directory` (relative, with no links on the way)
  // lies on, from `directory` downwards: nosuid, nodev, noexec.
  Result<os::UniqueFd> Clone(const std::string& directory) const;

 private:
  NamespaceMounts(os::UniqueFd proc, os::UniqueFd mount_namespace, os::UniqueFd root)
      : proc_(std::move(proc)),
        mount_namespace_(std::move(mount_namespace)),
        root_(std::move(root)) {}
  // Runs `work` inside the namespace.
  Status Inside(const std::function<Status()>& work) const;
  Result<std::vector<os::MountEntry>> ReadTable() const;
  Status CheckWay(const std::string& path) const;
  Status MoveTo(int mount, const std::string& path) const;
  Status DetachOne(const std::string& path, uint64_t mount_id, Detached& detached) const;

  os::UniqueFd proc_;
  os::UniqueFd mount_namespace_;
  os::UniqueFd root_;
};

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_NAMESPACE_MOUNT_H_
