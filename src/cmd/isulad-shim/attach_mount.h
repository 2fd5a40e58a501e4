// A hook (createContainer) that the runtime runs for a container that shares the memory of another
// one. It runs in the container's mount namespace, before the change to its root:
// isulad-shim --attach-mount MOUNT ROOTFS TARGET.
#ifndef ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_
#define ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::monitor {

// Attaches the detached mount at `mount` (the daemon's descriptor: /proc/PID/fd/N) to the directory
// `target`, a path relative to `rootfs`. Links in the rootfs are not followed.
Status AttachMount(const std::string& mount, const std::string& rootfs, const std::string& target);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_
