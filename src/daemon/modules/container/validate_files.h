// The part of a create that is about files besides the rootfs.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_

#include "daemon/modules/container/container_config.h"
#include "utils/base/result.h"

namespace isulad::container {

// Whether the mounts that a user asks for in `config` go together: no target twice, nothing hidden.
// Of the channels the manager knows.
Status CheckTargets(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
