#include "daemon/modules/container/health_json.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/validate_health.h"

namespace isulad::container {
namespace {

constexpr char kHealthcheck[] = "Healthcheck";
constexpr char kTest[] = "Test";
constexpr char kInterval[] = "Interval";
constexpr char kTimeout[] = "Timeout";
constexpr char kStartPeriod[] = "StartPeriod";
constexpr char kRetries[] = "Retries";
constexpr char kExitOnUnhealthy[] = "ExitOnUnhealthy";
constexpr char kByShell[] = "CMD-SHELL";
constexpr char kNone[] = "NONE";

Result<std::chrono::nanoseconds> TimeFromJson(const json::Reader& reader, const char* key) {
  ASSIGN_OR_RETURN(const int64_t count, reader.Int64(key));
  return std::chrono::nanoseconds(count);
}

}  // namespace

json::Value HealthOptionsToJson(const HealthOptions& options) {
  json::Object object;
  if (options.none) {
    object.Set(kTest, std::vector<std::string>{kNone});
    return object;
  }
  if (options.command.empty()) {
    return {};
  }
  object.Set(kTest, std::vector<std::string>{kByShell, options.command});
  object.Set(kInterval, int64_t{options.interval.count()});
  object.Set(kTimeout, int64_t{options.timeout.count()});
  object.Set(kStartPeriod, int64_t{options.start_period.count()});
  object.Set(kRetries, options.retries);
  object.Set(kExitOnUnhealthy, options.exit_on_unhealthy);
  return object;
}

Result<HealthOptions> HealthOptionsFromJson(const json::Reader& parent) {
  HealthOptions options;
  if (!parent.Has(kHealthcheck)) {
    return options;  // there are none, or it was written before there were any
  }
  ASSIGN_OR_RETURN(const json::Reader reader, parent.Child(kHealthcheck));
  ASSIGN_OR_RETURN(const std::vector<std::string> test, reader.Strings(kTest));
  if (test.size() == 1 && test[0] == kNone) {
    options.none = true;
    return options;
  }
  if (test.size() != 2 || test[0] != kByShell) {
    return reader.Fault(kTest, "must be [\"CMD-SHELL\", COMMAND] or [\"NONE\"]");
  }
  options.command = test[1];
  ASSIGN_OR_RETURN(options.interval, TimeFromJson(reader, kInterval));
  ASSIGN_OR_RETURN(options.timeout, TimeFromJson(reader, kTimeout));
  ASSIGN_OR_RETURN(options.start_period, TimeFromJson(reader, kStartPeriod));
  ASSIGN_OR_RETURN(const int32_t retries, reader.Int32(kRetries, 1, kMaxHealthRetries));
  options.retries = static_cast<uint32_t>(retries);
  ASSIGN_OR_RETURN(options.exit_on_unhealthy, reader.Bool(kExitOnUnhealthy));
  if (const Status valid = CheckHealthOptions(options); !valid) {
    return parent.Fault(kHealthcheck, valid.error().message());
  }
  return options;
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
