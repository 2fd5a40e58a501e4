// The checks of create that need no lock and change nothing.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_

#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument where it is no name for a container.
Status CheckName(const std::string& name);

// The configuration that `asked` asks for, with what it leaves to the daemon put in; id, name, time
// of creation and a hostname that is not given are left to the caller. kInvalidArgument with the
// reason for whatever cannot be. The rules about channels that need other channels are the
// manager's.
Result<ContainerConfig> ValidateCreate(const Context& context, const spec::ContainerSpec& asked);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_H_
