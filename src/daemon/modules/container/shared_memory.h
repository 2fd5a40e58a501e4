// The file system that a container has at /dev/shm.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_

#include <cstdint>

#include "daemon/modules/container/container_config.h"
#include "utils/base/result.h"

namespace isulad::container {

// Whether a mount that the user asked for is at /dev/shm itself. Such a mount takes precedence over
// whatever would be there by default, and over another container's /dev/shm.
bool BringsSharedMemory(const ContainerConfig& config);

// kInvalidArgument if something is to be mounted beneath a /dev/shm that is not the container's
// own: another container's /dev/shm would cover it, and in the host's the mount point would be
// made.
Status CheckSharedMemory(const ContainerConfig& config);

// The size in bytes of the container's own tmpfs at /dev/shm; 0 if something else is there.
uint64_t SharedMemorySize(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SHARED_MEMORY_H_
