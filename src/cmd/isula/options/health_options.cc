#include "cmd/isula/options/health_options.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "utils/base/duration.h"
#include "utils/base/strings.h"

namespace isulad::options {
namespace {

void AddDuration(cli::FlagSet& flags, cli::FlagName name, std::optional<int64_t>* target,
                 cli::FlagHelp help) {
  flags.AddValue(
      name,
      [target](std::string_view text) -> Status {
        const std::optional<std::chrono::nanoseconds> duration = ParseDuration(text);
        if (!duration) {
          return InvalidArgument("must be a duration such as 30s, 1m30s or 500ms");
        }
        *target = duration->count();
        return OkStatus();
      },
      help);
}

}  // namespace

void AddHealthFlags(cli::FlagSet& flags, client::HealthOptions* health) {
  flags.AddValue({"health-cmd"},
                 [health](std::string_view text) -> Status {
                   health->command = std::string(text);
                   return OkStatus();
                 },
                 {"COMMAND", "Check its health by this, for /bin/sh -c: status 0 is healthy"});
  AddDuration(flags, {"health-interval"}, &health->interval,
              {"DURATION", "Time between two checks, 1ms to 720h (default: 30s)"});
  AddDuration(flags, {"health-timeout"}, &health->timeout,
              {"DURATION", "Time that a check may take, 1ms to 720h (default: 30s)"});
  flags.AddValue({"health-retries"},
                 [health](std::string_view text) -> Status {
                   const std::optional<int64_t> number = ParseInt64(text);
                   if (!number) {
                     return InvalidArgument("must be a whole number");
                   }
                   health->retries = number;
                   return OkStatus();
                 },
                 {"NUMBER", "Failures in a row that make it unhealthy, from 1 on (default: 3)"});
  AddDuration(flags, {"health-start-period"}, &health->start_period,
              {"DURATION", "Time from its start on in which failures do not count (default: 0s)"});
  flags.AddSwitch({"health-exit-on-unhealthy"}, &health->exit_on_unhealthy,
                  "Kill it when it becomes unhealthy");
  flags.AddSwitch({"no-healthcheck"}, &health->none, "Never check its health");
}

}  // namespace isulad::options
