// Assembles the daemon: builds the modules from the configuration, in the order of their
// dependencies, and runs them until a signal ends the daemon. The only place that knows all
// modules.
#ifndef ISULAD_CMD_ISULAD_DAEMON_H_
#define ISULAD_CMD_ISULAD_DAEMON_H_

#include <memory>

#include "daemon/config/daemon_config.h"
#include "utils/base/result.h"

namespace isulad {

// Serves until SIGTERM or SIGINT, then returns; containers keep running. Must be called before any
// thread is started, since it blocks the signals. Returns the reason if it could not start.
Status RunDaemon(const config::DaemonConfig& config);

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_DAEMON_H_
