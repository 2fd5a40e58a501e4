// start: has a container run, by a user's request or by its restart policy.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_START_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_START_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/run.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Returns when the container runs or its start has failed. `client` is borrowed until then and may
// be nullptr. An error of the container's command carries Error::exit_code(). A container with --rm
// that cannot be started is removed.
Task<Result<Started>> Start(Context& context, std::shared_ptr<Container> container,
                            const FirstClient* client);

// The start that a restarting container was waiting for; does nothing if it no longer waits for the
// one that is due at `due`. If the start fails, the restart policy decides again.
Task<Status> StartByPolicy(Context& context, std::shared_ptr<Container> container, Timestamp due);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_START_H_
