// The flags for a container's health check.
#ifndef ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// --health-cmd --health-interval --health-timeout --health-retries --health-start-period
// --health-exit-on-unhealthy --no-healthcheck. `health` is borrowed until the flags have been
// parsed. The daemon checks ranges and which flags need or exclude one another.
void AddHealthFlags(cli::FlagSet& flags, client::containers_v1::HealthConfig* health);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_HEALTH_OPTIONS_H_
