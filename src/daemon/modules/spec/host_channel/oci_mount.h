// How a channel appears in the OCI configuration. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OCI_MOUNT_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OCI_MOUNT_H_

#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/host_channel.h"

namespace isulad::host_channel {

// One entry of the OCI configuration's "mounts".
struct MountEntry {
  std::string source;       // the path that is bound
  std::string destination;  // in the container
  // "bind", "rprivate", "nosuid", "nodev", "noexec" or "exec", "ro" or "rw".
  std::vector<std::string> options;
  friend bool operator==(const MountEntry&, const MountEntry&) = default;
};

// The bind entry for `channel`, whose mount (or a private view of it) is at `source`.
MountEntry MakeMountEntry(const HostChannel& channel, const std::string& source);

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_OCI_MOUNT_H_
