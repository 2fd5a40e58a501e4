// stop and kill: ending the first process of a container.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "utils/base/result.h"

namespace isulad::container {

// Sends `signal` to the first process. kFailedPrecondition where the container is not running.
Status Kill(const std::shared_ptr<Container>& container, int signal);

// Sends the container's stop signal, and SIGKILL after `timeout_seconds` (negative: never; 0 or
// `force`: at once). Success where it is not running.
Status Stop(const std::shared_ptr<Container>& container, int timeout_seconds, bool force);

// SIGKILL, and waits until the container has stopped. Success where it is not running.
Status KillAndWait(const std::shared_ptr<Container>& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_
