// Stops all containers in good order before the host goes down.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_

#include <chrono>

#include "daemon/modules/container/context.h"

namespace isulad::container {

// The same time that `stop` gives a container.
inline constexpr std::chrono::seconds kStopTime(10);

// Sends every running container its stop signal and, after `grace`, SIGKILL. All containers are
// stopped at once: waiting for them takes no threads, and a slow one does not use up the time of
// the others. This does not count as a stop by a user: at the host's next boot, containers are
// started again as their policies say. From now on nothing is started by a policy. Blocks until all
// containers have ended; needs the event loop and the workers to be running.
void StopAll(Context& context, std::chrono::seconds grace = kStopTime);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_
