// Health checks as values: what was asked, what is known, and what a result makes of it. Pure.
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

// What was asked for when the container was created.
struct HealthOptions {
  std::string command;                                         // for /bin/sh -c; empty: no checks
  bool none = false;                                           // somebody said so
  std::chrono::nanoseconds interval = kDefaultHealthInterval;  // from one's end to the next's start
  std::chrono::nanoseconds timeout = kDefaultHealthTimeout;    // of one check
  uint32_t retries = kDefaultHealthRetries;  // failures in a row that make it unhealthy
  // From the container's start on: until a check has passed, failures in it do not count.
  std::chrono::nanoseconds start_period{0};
  bool exit_on_unhealthy = false;  // kill it then
  friend bool operator==(const HealthOptions&, const HealthOptions&) = default;
};

enum class HealthStatus {
  kNone,  // no checks, or not known
  kStarting,
  kHealthy,
  kUnhealthy,
};

// "none", "starting", "healthy", "unhealthy".
std::string_view HealthStatusName(HealthStatus status);
std::optional<HealthStatus> ParseHealthStatus(std::string_view name);

// How a check ended that could not be run, or was not let run to its end.
inline constexpr int kNoHealthExitCode = -1;

struct HealthResult {
  Timestamp start;
  Timestamp end;
  int exit_code = 0;  // 0: it passed
  std::string output;
  friend bool operator==(const HealthResult&, const HealthResult&) = default;
};

// What is known of a container's health.
struct Health {
  HealthStatus status = HealthStatus::kNone;
  uint32_t failing_streak = 0;    // failures in a row, those that count
  std::vector<HealthResult> log;  // the newest last
  friend bool operator==(const Health&, const Health&) = default;
};

// A run begins: nothing is known of it. The log stays, to show why an earlier run ended.
void BeginHealth(Health& health);

// Takes a result in. `in_start_period`: the check began in it. Whether the status is another now.
bool TakeHealthResult(Health& health, const HealthOptions& options, HealthResult result,
                      bool in_start_period);

// The beginning of what a check writes.
class HealthOutput {
 public:
  void Append(std::string_view bytes);
  // At most kMaxHealthOutputBytes, no character cut in two; "..." behind them where there was more.
  std::string Text() const;

 private:
  std::string bytes_;
  bool cut_ = false;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_H_
