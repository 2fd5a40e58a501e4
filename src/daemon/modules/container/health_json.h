// Health checks in the output of inspect.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_

#include "daemon/modules/container/health.h"
#include "utils/json/value.h"

namespace isulad::container {

// As the engine API spells it: {"Test": ["CMD-SHELL", COMMAND], "Interval": ns, "Timeout": ns,
// "StartPeriod": ns, "Retries": N, "ExitOnUnhealthy": bool}; without checks null, or {"Test":
// ["NONE"]} if checks were explicitly switched off.
json::Value HealthOptionsToJson(const HealthOptions& options);

// {"Status", "FailingStreak", "Log": [{"Start", "End", "ExitCode", "Output"}]}.
json::Value HealthToJson(const Health& health);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_
