#include "daemon/modules/container/validate_health.h"

#include <string>

#include "utils/base/duration.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

using std::chrono::nanoseconds;

std::string Shown(nanoseconds time) {
  return Quote(time.count() < 0 ? std::to_string(time.count()) + "ns" : FormatDuration(time));
}

Status CheckTime(const char* flag, nanoseconds time, nanoseconds shortest) {
  if (time < shortest || time > kLongestHealthTime) {
    return InvalidArgument(std::string(flag) + " " + Shown(time) + " must be " +
                           (shortest.count() == 0 ? "0s" : FormatDuration(shortest)) + " to 720h");
  }
  return OkStatus();
}

// The first flag that means nothing without a command; nullptr where there is none.
const char* Dependent(const HealthRequest& request) {
  const struct {
    bool given;
    const char* flag;
  } flags[] = {{request.interval.has_value(), "--health-interval"},
               {request.timeout.has_value(), "--health-timeout"},
               {request.retries.has_value(), "--health-retries"},
               {request.start_period.has_value(), "--health-start-period"},
               {request.exit_on_unhealthy, "--health-exit-on-unhealthy"}};
  for (const auto& each : flags) {
    if (each.given) {
      return each.flag;
    }
  }
  return nullptr;
}

Status CheckCommand(const std::string& command) {
  if (Trim(command).empty()) {
    return InvalidArgument("--health-cmd " + Quote(command) + " is empty");
  }
  if (command.find('\0') != std::string::npos) {
    return InvalidArgument("--health-cmd must not hold a NUL byte");
  }
  if (command.size() > kMaxHealthCommandBytes) {
    return InvalidArgument("--health-cmd has " + std::to_string(command.size()) +
                           " bytes, allowed are " + std::to_string(kMaxHealthCommandBytes));
  }
  return OkStatus();
}

}  // namespace

Status CheckHealthOptions(const HealthOptions& options) {
  RETURN_IF_ERROR(CheckCommand(options.command));
  RETURN_IF_ERROR(CheckTime("--health-interval", options.interval, kShortestHealthTime));
  RETURN_IF_ERROR(CheckTime("--health-timeout", options.timeout, kShortestHealthTime));
  return CheckTime("--health-start-period", options.start_period, nanoseconds(0));
}

Result<HealthOptions> ValidateHealth(const HealthRequest& request) {
  HealthOptions options;
  const char* const dependent = Dependent(request);
  if (request.none) {
    if (request.command || dependent != nullptr) {
      return InvalidArgument(std::string("--no-healthcheck and ") +
                             (request.command ? "--health-cmd" : dependent) +
                             " exclude one another");
    }
    options.none = true;
    return options;
  }
  if (!request.command) {
    if (dependent != nullptr) {
      return InvalidArgument(std::string(dependent) +
                             " needs --health-cmd: there is no check without it");
    }
    return options;
  }
  if (request.retries && (*request.retries < 1 || *request.retries > kMaxHealthRetries)) {
    return InvalidArgument("--health-retries " + Quote(std::to_string(*request.retries)) +
                           " must be 1 to " + std::to_string(kMaxHealthRetries));
  }
  options.command = *request.command;
  options.interval = nanoseconds(request.interval.value_or(options.interval.count()));
  options.timeout = nanoseconds(request.timeout.value_or(options.timeout.count()));
  options.start_period = nanoseconds(request.start_period.value_or(0));
  options.retries = static_cast<uint32_t>(request.retries.value_or(options.retries));
  options.exit_on_unhealthy = request.exit_on_unhealthy;
  RETURN_IF_ERROR(CheckHealthOptions(options));
  return options;
}

}  // namespace isulad::container
