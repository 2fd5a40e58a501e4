// The part of a specification that is about health checks. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_READ_HEALTH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_READ_HEALTH_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "daemon/modules/container/health.h"
#include "daemon/modules/spec/container_spec.h"
#include "utils/base/result.h"

namespace isulad::container {

inline constexpr std::chrono::nanoseconds kShortestHealthTime = std::chrono::milliseconds(1);
inline constexpr std::chrono::nanoseconds kLongestHealthTime = std::chrono::hours(720);
inline constexpr int32_t kMaxHealthRetries = 1000000;
inline constexpr size_t kMaxHealthCommandBytes = 65536;  // one process argument can have 131071

// The health options, with defaults for what was not given. kInvalidArgument, with the name of the
// flag, for values out of range, options that need a command, and options that exclude one another.
Result<HealthOptions> ReadHealth(const spec::HealthConfig& texts);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_READ_HEALTH_H_
