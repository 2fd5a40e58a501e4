// restart: a stop and a start that belong together.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RESTART_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RESTART_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Stops the container like Stop() and starts it again; a container that does not run is only
// started. A container that is to be removed when it ends is kept for the start. Other operations
// may come between the stop and the start; if they leave nothing to start, the start is refused.
// Returns warnings.
Task<Result<std::vector<std::string>>> Restart(Context& context,
                                               std::shared_ptr<Container> container,
                                               int timeout_seconds);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RESTART_H_
