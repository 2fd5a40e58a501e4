#include "daemon/modules/container/health_json.h"

#include <string>
#include <utility>
#include <vector>

namespace isulad::container {

json::Value HealthOptionsToJson(const HealthOptions& options) {
  json::Object object;
  if (options.none) {
    object.Set("Test", std::vector<std::string>{"NONE"});
    return object;
  }
  if (options.command.empty()) {
    return {};
  }
  object.Set("Test", std::vector<std::string>{"CMD-SHELL", options.command});
  object.Set("Interval", int64_t{options.interval.count()});
  object.Set("Timeout", int64_t{options.timeout.count()});
  object.Set("StartPeriod", int64_t{options.start_period.count()});
  object.Set("Retries", options.retries);
  object.Set("ExitOnUnhealthy", options.exit_on_unhealthy);
  return object;
}

json::Value HealthToJson(const Health& health) {
  json::Array log;
  for (const HealthResult& result : health.log) {
    json::Object entry;
    entry.Set("Start", FormatTimestamp(result.start));
    entry.Set("End", FormatTimestamp(result.end));
    entry.Set("ExitCode", result.exit_code);
    entry.Set("Output", result.output);
    log.emplace_back(std::move(entry));
  }
  json::Object object;
  object.Set("Status", HealthStatusName(health.status));
  object.Set("FailingStreak", health.failing_streak);
  object.Set("Log", std::move(log));
  return object;
}

}  // namespace isulad::container
