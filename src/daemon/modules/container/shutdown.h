// The host goes down: its containers end in good order before it does.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_

#include <chrono>

#include "daemon/modules/container/context.h"

namespace isulad::container {

// What `stop` gives a container, too.
inline constexpr std::chrono::seconds kStopTime(10);

// Sends every running container its stop signal and, after `grace`, SIGKILL. All at once: what
// waits costs no thread, and one that takes its time does not take the others'. It does not count
// as a user's stop: the host's next start brings back what its policy says. Nothing is started by a
// policy from then on. Blocks until all have ended; needs the event loop and workers running.
void StopAll(Context& context, std::chrono::seconds grace = kStopTime);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_SHUTDOWN_H_
