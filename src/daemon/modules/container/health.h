// Health checks as values: the options, the health known so far, and how a result changes it. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/clock.h"

namespace isulad::container {

inline constexpr std::chrono::nanoseconds kDefaultHealthInterval = std::chrono::seconds(30);
inline constexpr std::chrono::nanoseconds kDefaultHealthTimeout = std::chrono::seconds(30);
inline constexpr uint32_t kDefaultHealthRetries = 3;
inline constexpr size_t kMaxHealthLog = 5;             // results that are kept
inline constexpr size_t kMaxHealthOutputBytes = 4096;  // of one result

// The options given when the container was created.
struct HealthOptions {
  std::string command;                                         // for /bin/sh -c; empty: no checks
  bool none = false;                                           // explicitly switched off
  std::chrono::nanoseconds interval = kDefaultHealthInterval;  // end of one to start of the next
  std::chrono::nanoseconds timeout = kDefaultHealthTimeout;    // of one check
  uint32_t retries = kDefaultHealthRetries;  // failures in a row that make it unhealthy
  // Counted from the container's start: until a check has passed, failures in this period do not
  // count.
  std::chrono::nanoseconds start_period{0};
  bool exit_on_unhealthy = false;  // kill an unhealthy container
  friend bool operator==(const HealthOptions&, const HealthOptions&) = default;
};

enum class HealthStatus {
  kNone,  // no checks, or unknown
  kStarting,
  kHealthy,
  kUnhealthy,
};

// "none", "starting", "healthy", "unhealthy".
std::string_view HealthStatusName(HealthStatus status);
std::optional<HealthStatus> ParseHealthStatus(std::string_view name);

// The exit code of a check that could not be run, or was not allowed to finish.
inline constexpr int kNoHealthExitCode = -1;

struct HealthResult {
  Timestamp start;
  Timestamp end;
  int exit_code = 0;  // 0: it passed
  std::string output;
  friend bool operator==(const HealthResult&, const HealthResult&) = default;
};

// What is known about a container's health.
struct Health {
  HealthStatus status = HealthStatus::kNone;
  uint32_t failing_streak = 0;    // consecutive failures that count
  std::vector<HealthResult> log;  // the newest last
  friend bool operator==(const Health&, const Health&) = default;
};

// Resets the health for a new run, of which nothing is known yet. The log stays, to show why an
// earlier run ended.
void BeginHealth(Health& health);

// Adds a result. `in_start_period`: the check began in the start period. Returns whether the status
// has changed.
bool TakeHealthResult(Health& health, const HealthOptions& options, HealthResult result,
                      bool in_start_period);

// The beginning of a check's output.
class HealthOutput {
 public:
  void Append(std::string_view bytes);
  // At most kMaxHealthOutputBytes, with no character cut in two; ends in "..." if there was more.
  std::string Text() const;

 private:
  std::string bytes_;
  bool cut_ = false;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_H_
