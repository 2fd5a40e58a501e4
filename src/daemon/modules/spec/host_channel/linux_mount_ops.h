// MountOps on Linux 5.14 and later, with openat2(2), the descriptor-based mount API and extended
// attributes.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_

#include <memory>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// With `in_host_namespace`, everything that touches a host path runs in the mount namespace of
// process 1, in a thread of its own; views are attached in the caller's namespace either way.
// kPermissionDenied if the namespace of process 1 cannot be opened.
Result<std::unique_ptr<MountOps>> CreateLinuxMountOps(bool in_host_namespace);

// Whether the calling process shares the mount namespace of process 1. If it does not, its mounts
// cannot be seen there. True if this cannot be determined, as for a process that may not inspect
// process 1.
bool SharesHostMountNamespace();

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_
