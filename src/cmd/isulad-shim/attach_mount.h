// What the runtime runs as a hook (createContainer) of a container that shares the memory of
// another one, in the container's mount namespace and before its root is:
// isulad-shim --attach-mount MOUNT ROOTFS TARGET.
#ifndef ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_
#define ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_

#include <string>

#include "utils/base/result.h"

namespace isulad::monitor {

// Puts the detached mount that `mount` leads to (the daemon's descriptor: /proc/PID/fd/N) on the
// directory `target`, relative, of `rootfs`. Links in the rootfs are not followed.
Status AttachMount(const std::string& mount, const std::string& rootfs, const std::string& target);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_ATTACH_MOUNT_H_
