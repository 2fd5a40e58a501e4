// What a container has at /dev/shm.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_

#include <cstdint>

#include "daemon/modules/container/container_config.h"
#include "utils/base/result.h"

namespace isulad::container {

// Whether a mount that the user asked for is at /dev/shm itself: it wins over whatever would be
// there by default, and over another's.
bool BringsSharedMemory(const ContainerConfig& config);

// kInvalidArgument where something is to be mounted beneath a /dev/shm that is not the container's
// own: another container's would cover it, and in the host's the mount point would be made.
Status CheckSharedMemory(const ContainerConfig& config);

// Bytes of the tmpfs that the container has there of its own; 0 where it has something else.
uint64_t SharedMemorySize(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_
