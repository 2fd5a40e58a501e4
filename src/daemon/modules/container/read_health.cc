#include "daemon/modules/container/read_health.h"

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

// The first given flag that means nothing without a command; nullptr if there is none.
const char* Dependent(const spec::HealthConfig& texts) {
  const struct {
    bool given;
    const char* flag;
  } flags[] = {{texts.has_interval_ns(), "--health-interval"},
               {texts.has_timeout_ns(), "--health-timeout"},
               {texts.has_retries(), "--health-retries"},
               {texts.has_start_period_ns(), "--health-start-period"},
               {texts.exit_on_unhealthy(), "--health-exit-on-unhealthy"}};
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

Status CheckOptions(const HealthOptions& options) {
  RETURN_IF_ERROR(CheckCommand(options.command));
  RETURN_IF_ERROR(CheckTime("--health-interval", options.interval, kShortestHealthTime));
  RETURN_IF_ERROR(CheckTime("--health-timeout", options.timeout, kShortestHealthTime));
  return CheckTime("--health-start-period", options.start_period, nanoseconds(0));
}

}  // namespace

Result<HealthOptions> ReadHealth(const spec::HealthConfig& texts) {
  HealthOptions options;
  const char* const dependent = Dependent(texts);
  if (texts.none()) {
    if (texts.has_command() || dependent != nullptr) {
      return InvalidArgument(std::string("--no-healthcheck and ") +
                             (texts.has_command() ? "--health-cmd" : dependent) +
                             " exclude one another");
    }
    options.none = true;
    return options;
  }
  if (!texts.has_command()) {
    if (dependent != nullptr) {
      return InvalidArgument(std::string(dependent) +
                             " needs --health-cmd: there is no check without it");
    }
    return options;
  }
  if (texts.has_retries() && (texts.retries() < 1 || texts.retries() > kMaxHealthRetries)) {
    return InvalidArgument("--health-retries " + Quote(std::to_string(texts.retries())) +
                           " must be 1 to " + std::to_string(kMaxHealthRetries));
  }
  options.command = texts.command();
  if (texts.has_interval_ns()) {
    options.interval = nanoseconds(texts.interval_ns());
  }
  if (texts.has_timeout_ns()) {
    options.timeout = nanoseconds(texts.timeout_ns());
  }
  if (texts.has_retries()) {
    options.retries = static_cast<uint32_t>(texts.retries());
  }
  options.start_period = nanoseconds(texts.start_period_ns());
  options.exit_on_unhealthy = texts.exit_on_unhealthy();
  RETURN_IF_ERROR(CheckOptions(options));
  return options;
}

}  // namespace isulad::container
