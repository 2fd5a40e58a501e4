#include "daemon/modules/container/restart_policy.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "utils/base/strings.h"

namespace isulad::container {
namespace {

using std::chrono::milliseconds;

constexpr std::pair<std::string_view, RestartRule> kRules[] = {
    {"no", RestartRule::kNo},
    {"always", RestartRule::kAlways},
    {"unless-stopped", RestartRule::kUnlessStopped},
    {"on-failure", RestartRule::kOnFailure},
    {"on-reboot", RestartRule::kOnReboot},
};

Error NotAPolicy(std::string_view text) {
  return InvalidArgument("restart policy " + Quote(text) +
                         " must be no, always, unless-stopped, on-reboot, on-failure or "
                         "on-failure:N with N from 1 to " +
                         std::to_string(std::numeric_limits<uint32_t>::max()));
}

Result<uint32_t> ParseRetries(std::string_view digits, std::string_view text) {
  const std::optional<uint64_t> number = ParseUint64(digits);
  if (!number || *number == 0 || *number > std::numeric_limits<uint32_t>::max()) {
    return NotAPolicy(text);
  }
  return static_cast<uint32_t>(*number);
}

milliseconds Delay(uint32_t short_runs) {
  milliseconds delay = kFirstRestartDelay;
  for (uint32_t i = 0; i < short_runs && delay < kLongestRestartDelay; ++i) {
    delay *= 2;
  }
  return std::min(delay, kLongestRestartDelay);
}

bool HasRetriesLeft(const RestartPolicy& policy, const State& state) {
  return policy.max_retries == 0 || state.restart.count < policy.max_retries;
}

bool WantsItToRun(const RestartPolicy& policy, const State& state) {
  switch (policy.rule) {
    case RestartRule::kNo:
      return false;
    case RestartRule::kAlways:
    case RestartRule::kUnlessStopped:
      return true;
    case RestartRule::kOnFailure:
      return state.exit_code != 0 && HasRetriesLeft(policy, state);
    case RestartRule::kOnReboot:
      return state.exit_code == kRebootExitCode;
  }
  return false;
}

bool WasShort(const State& state) {
  const std::chrono::nanoseconds ran(state.finished_at.nanoseconds - state.started_at.nanoseconds);
  return ran < kShortRun;
}

RestartState WaitFrom(RestartState restart, uint32_t short_runs, Timestamp now) {
  const std::chrono::nanoseconds delay = Delay(short_runs);
  restart.due = {now.nanoseconds + delay.count()};
  restart.short_runs = short_runs + 1;
  ++restart.count;
  return restart;
}

}  // namespace

Result<RestartPolicy> ParseRestartPolicy(std::string_view text) {
  RestartPolicy policy;
  if (text.empty()) {
    return policy;
  }
  const size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto* const rule = std::find_if(std::begin(kRules), std::end(kRules),
                                        [name](const auto& each) { return each.first == name; });
  if (rule == std::end(kRules)) {
    return NotAPolicy(text);
  }
  policy.rule = rule->second;
  if (colon == std::string_view::npos) {
    return policy;
  }
  if (policy.rule != RestartRule::kOnFailure) {
    return NotAPolicy(text);
  }
  ASSIGN_OR_RETURN(policy.max_retries, ParseRetries(text.substr(colon + 1), text));
  return policy;
}

std::string_view RestartRuleName(RestartRule rule) {
  return std::find_if(std::begin(kRules), std::end(kRules),
                      [rule](const auto& each) { return each.second == rule; })
      ->first;
}

std::string FormatRestartPolicy(const RestartPolicy& policy) {
  std::string text(RestartRuleName(policy.rule));
  return policy.max_retries == 0 ? text : text + ":" + std::to_string(policy.max_retries);
}

std::optional<RestartState> RestartAfterRun(const RestartPolicy& policy, const State& state,
                                            Timestamp now) {
  if (state.restart.stopped_by_user || !WantsItToRun(policy, state)) {
    return std::nullopt;
  }
  return WaitFrom(state.restart, WasShort(state) ? state.restart.short_runs : 0, now);
}

std::optional<RestartState> RestartAfterFailedStart(const RestartPolicy& policy, const State& state,
                                                    Timestamp now) {
  const bool gives_up = policy.rule == RestartRule::kNo ||
                        (policy.rule == RestartRule::kOnFailure && !HasRetriesLeft(policy, state));
  if (state.restart.stopped_by_user || gives_up) {
    return std::nullopt;
  }
  return WaitFrom(state.restart, state.restart.short_runs, now);
}

bool StartsWithHost(const RestartPolicy& policy, const State& state) {
  return policy.rule == RestartRule::kAlways ||
         (policy.rule == RestartRule::kUnlessStopped && !state.restart.stopped_by_user);
}

bool OutlivesHost(const RestartPolicy& policy) {
  return policy.rule == RestartRule::kAlways || policy.rule == RestartRule::kUnlessStopped;
}

}  // namespace isulad::container
