// MountOps on Linux 5.14 and later: openat2(2), the mount API with descriptors, extended
// attributes.
#ifndef ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_
#define ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_

#include <memory>

#include "daemon/modules/spec/host_channel/mount_ops.h"
#include "utils/base/result.h"

namespace isulad::host_channel {

// With `in_host_namespace` everything that touches a host path runs in the mount namespace of
// process 1, in a thread of its own; views are attached in the caller's namespace either way.
// kPermissionDenied where that namespace cannot be opened.
Result<std::unique_ptr<MountOps>> CreateLinuxMountOps(bool in_host_namespace);

// Whether the calling process has the mount namespace of process 1: where not, what is mounted here
// cannot be seen there. True where it cannot be told, as for a process that may not look at
// process 1.
bool SharesHostMountNamespace();

}  // namespace isulad::host_channel

#endif  // ISULAD_DAEMON_MODULES_SPEC_HOST_CHANNEL_LINUX_MOUNT_OPS_H_
