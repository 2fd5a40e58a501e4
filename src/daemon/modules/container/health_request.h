// The flags of a health check as a client sends them. A value; for service.h.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_REQUEST_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>

namespace isulad::container {

// What is not set was not given.
struct HealthRequest {
  std::optional<std::string> command;
  std::optional<int64_t> interval;  // nanoseconds, as the other times
  std::optional<int64_t> timeout;
  std::optional<int64_t> retries;
  std::optional<int64_t> start_period;
  bool exit_on_unhealthy = false;
  bool none = false;  // --no-healthcheck
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_REQUEST_H_
