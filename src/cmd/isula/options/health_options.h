// The flags that say how a container's health is checked.
#ifndef ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// --health-cmd --health-interval --health-timeout --health-retries --health-start-period
// --health-exit-on-unhealthy --no-healthcheck. `health` is borrowed until the flags were parsed.
// Which of them need or exclude one another, and their ranges, the daemon knows.
void AddHealthFlags(cli::FlagSet& flags, client::containers_v1::HealthConfig* health);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_
