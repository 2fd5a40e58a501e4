// The checks of create for files other than the rootfs.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_

#include "daemon/modules/container/container_config.h"
#include "utils/base/result.h"

namespace isulad::container {

// Checks that the mounts a user asks for in `config` are compatible: no target is used twice, and
// nothing is hidden. Channels are left to the manager.
Status CheckTargets(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
