// Checks the flags of health checks. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_HEALTH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_HEALTH_H_

#include <chrono>
#include <cstdint>

#include "daemon/modules/container/health.h"
#include "daemon/modules/container/health_request.h"
#include "utils/base/result.h"

namespace isulad::container {

inline constexpr std::chrono::nanoseconds kShortestHealthTime = std::chrono::milliseconds(1);
inline constexpr std::chrono::nanoseconds kLongestHealthTime = std::chrono::hours(720);
inline constexpr int32_t kMaxHealthRetries = 1000000;
inline constexpr size_t kMaxHealthCommandBytes = 65536;  // one argument of a process holds 131071

// kInvalidArgument with the flag's name and the allowed range where a value is not in it.
Status CheckHealthOptions(const HealthOptions& options);

// With the defaults for what was not given. kInvalidArgument also for flags that need a command or
// exclude one another.
Result<HealthOptions> ValidateHealth(const HealthRequest& request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_HEALTH_H_
