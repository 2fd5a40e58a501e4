// The surroundings of a container's channels, for the rules about channel paths.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SURROUNDINGS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SURROUNDINGS_H_

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/host_channel/policy.h"

namespace isulad::container {

// The rootfs of `config` and of all other containers, and the other mounts of `config`.
host_channel::Surroundings SurroundingsOf(const Context& context, const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SURROUNDINGS_H_
