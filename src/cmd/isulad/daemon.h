// The daemon, wired: builds the modules from the configuration, in the order in which they need one
// another, and runs them until a signal ends it. The only place that knows all of them.
#ifndef ISULAD_CMD_ISULAD_DAEMON_H_
#define ISULAD_CMD_ISULAD_DAEMON_H_

#include <memory>

#include "daemon/config/daemon_config.h"
#include "utils/base/result.h"

namespace isulad {

// Serves until SIGTERM or SIGINT, then ends; containers go on. To be called before any thread is
// started: it blocks the signals. Returns the reason where it could not start.
Status RunDaemon(const config::DaemonConfig& config);

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_DAEMON_H_
