// The interface to the mounts of a running container. Nothing above it enters a namespace; unit
// tests put a fake in its place.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_LIVE_MOUNTS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_LIVE_MOUNTS_H_

#include <memory>
#include <optional>
#include <string>

#include "daemon/modules/spec/host_channel/namespace_mount.h"
#include "daemon/modules/spec/host_channel/oci_mount.h"
#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/os/unique_fd.h"

namespace isulad::container {

// Where the mount point of a channel is made, and removed.
struct MountPointPlace {
  // A descriptor of the container's rootfs on the host, borrowed; -1: the mount point lies in
  // something else that is mounted in the container, and is looked up from inside.
  int rootfs = -1;
  std::string mark;
  std::optional<UserRemap> remap;  // whose root makes it there, if not in the rootfs
};

// Thread-safe for different containers. kUnavailable if the process has ended.
class LiveMounts {
 public:
  using Detached = host_channel::NamespaceMounts::Detached;

  virtual ~LiveMounts() = default;
  // Like NamespaceMounts::Attach(). A missing mount point is made and marked, and removed again on
  // an error.
  virtual Status Attach(const host_channel::ProcessId& process,
                        const host_channel::MountEntry& entry, const MountPointPlace& place) = 0;
  // Like NamespaceMounts::Detach().
  virtual Result<Detached> Detach(const host_channel::ProcessId& process,
                                  const std::string& channel_id) = 0;
  // Removes a mount point that lies in something mounted in the container, if it is empty and bears
  // the mark.
  virtual Status RemoveMountPoint(const host_channel::ProcessId& process, const std::string& path,
                                  const std::string& mark) = 0;
  virtual Result<bool> Has(const host_channel::ProcessId& process,
                           const std::string& channel_id) = 0;
  // A detached copy of the mount at `directory`, which is relative to the root of the container,
  // for another container: without set-user-ID programs, devices and execution of programs.
  virtual Result<os::UniqueFd> Clone(const host_channel::ProcessId& process,
                                     const std::string& directory) = 0;
};

std::unique_ptr<LiveMounts> CreateLiveMounts();

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_LIVE_MOUNTS_H_
