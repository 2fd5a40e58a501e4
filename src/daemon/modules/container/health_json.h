// Health checks in config.json and in what inspect shows.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_

#include "daemon/modules/container/health.h"
#include "utils/base/result.h"
#include "utils/json/reader.h"
#include "utils/json/value.h"

namespace isulad::container {

// As the engine API spells it, for both: {"Test": ["CMD-SHELL", COMMAND], "Interval": ns,
// "Timeout": ns, "StartPeriod": ns, "Retries": N, "ExitOnUnhealthy": bool}; without checks null, or
// {"Test":
// ["NONE"]} where somebody said so.
json::Value HealthOptionsToJson(const HealthOptions& options);

// The member "Healthcheck" of `parent`; missing: no checks. kInvalidArgument where it is not what
// HealthOptionsToJson writes.
Result<HealthOptions> HealthOptionsFromJson(const json::Reader& parent);

// {"Status", "FailingStreak", "Log": [{"Start", "End", "ExitCode", "Output"}]}.
json::Value HealthToJson(const Health& health);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_JSON_H_
