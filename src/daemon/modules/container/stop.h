// stop and kill: ending the first process of a container.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// For the holder of the operation slot. Sends `signal` to the first process. One that is paused
// gets it when it is unpaused; SIGKILL ends the pause. kFailedPrecondition where the container is
// not running. With SIGKILL, or the container's stop signal, its restart policy does not start it
// again.
Status Kill(Context& context, const std::shared_ptr<Container>& container, int signal);

// Sends the container's stop signal, once more where its first process begins to listen for it only
// then, and SIGKILL after `timeout_seconds` (negative: never; 0 or `force`: at once); then lets it
// go on where it is paused. Waits until the run that it found has
// ended, whatever has been started since. Success where it is not running. Its restart policy does
// not start it again.
Task<Status> Stop(Context& context, std::shared_ptr<Container> container, int timeout_seconds,
                  bool force);

// SIGKILL, and waits as above.
Task<Status> KillAndWait(Context& context, std::shared_ptr<Container> container);

// Sends `signal` where the container is up, and ends a pause. Not a user's wish: its restart policy
// goes on to hold.
Status SignalForShutdown(Context& context, const std::shared_ptr<Container>& container, int signal);

// Kills the run `run` for what its health checks have found: not by a user's wish, so that its
// restart policy decides what follows. Success where it has ended. Does not wait for its end.
Status KillUnhealthy(Context& context, const std::shared_ptr<Container>& container,
                     Container::RunId run);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STOP_H_
