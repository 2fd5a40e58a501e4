#include "cmd/isula/options/health_options.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "cmd/isula/options/setters.h"
#include "utils/base/duration.h"

namespace isulad::options {
namespace {

using client::containers_v1::HealthConfig;

cli::FlagSet::Setter Duration(std::function<void(int64_t)> set) {
  return [set = std::move(set)](std::string_view text) -> Status {
    const std::optional<std::chrono::nanoseconds> duration = ParseDuration(text);
    if (!duration) {
      return InvalidArgument("must be a duration such as 30s, 1m30s or 500ms");
    }
    set(duration->count());
    return OkStatus();
  };
}

}  // namespace

void AddHealthFlags(cli::FlagSet& flags, HealthConfig* health) {
  flags.AddValue({"health-cmd"}, Checked(AnyText, Into(health, &HealthConfig::mutable_command)),
                 {"COMMAND", "Check its health by this, for /bin/sh -c: status 0 is healthy"});
  flags.AddValue({"health-interval"}, Duration(Into(health, &HealthConfig::set_interval_ns)),
                 {"DURATION", "Time between two checks, 1ms to 720h (default: 30s)"});
  flags.AddValue({"health-timeout"}, Duration(Into(health, &HealthConfig::set_timeout_ns)),
                 {"DURATION", "Time that a check may take, 1ms to 720h (default: 30s)"});
  flags.AddValue({"health-retries"},
                 WholeNumber(kAnyNumber, Into(health, &HealthConfig::set_retries)),
                 {"NUMBER", "Failures in a row that make it unhealthy, from 1 on (default: 3)"});
  flags.AddValue(
      {"health-start-period"}, Duration(Into(health, &HealthConfig::set_start_period_ns)),
      {"DURATION", "Time from its start on in which failures do not count (default: 0s)"});
  flags.AddSwitch({"health-exit-on-unhealthy"}, Into(health, &HealthConfig::set_exit_on_unhealthy),
                  "Kill it when it becomes unhealthy");
  flags.AddSwitch({"no-healthcheck"}, Into(health, &HealthConfig::set_none),
                  "Never check its health");
}

}  // namespace isulad::options
