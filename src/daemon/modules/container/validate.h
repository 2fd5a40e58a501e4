// The checks of create that need no lock and change nothing.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_

#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument if `name` is not a valid name for a container.
Status CheckName(const std::string& name);

// The configuration that `asked` asks for, completed with the daemon's choices; id, name, creation
// time, and a hostname that is not given, are left to the caller. kInvalidArgument with the reason
// for whatever is invalid. Rules about channels that involve other channels are left to the
// manager.
Result<ContainerConfig> ValidateCreate(const Context& context, const spec::ContainerSpec& asked);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_
