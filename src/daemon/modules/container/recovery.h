// What a daemon does with what it finds at its start: containers that ran on under their monitors
// are adopted, what ended meanwhile is recorded, what was half done is finished or undone.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RECOVERY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RECOVERY_H_

#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// Fills the registry. To be called once, before requests are served and before the event loop runs.
// Fails only where the data directory cannot be read at all; whatever concerns one container is
// logged, and the others are served.
Status Recover(Context& context);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RECOVERY_H_
