// Decides when a container is restarted without a user. Pure: the decisions are made here, adapters
// act on them.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RESTART_POLICY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RESTART_POLICY_H_

#include <signal.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/modules/container/state.h"
#include "utils/base/result.h"
#include "utils/base/signals.h"

namespace isulad::container {

// The delay before a start by a policy: doubled after each short run, reset to the first delay
// after a run that was not short.
inline constexpr std::chrono::milliseconds kFirstRestartDelay{100};
inline constexpr std::chrono::milliseconds kLongestRestartDelay{60'000};
inline constexpr std::chrono::seconds kShortRun{10};

// Exit code of an init that was ended by its own reboot(2): SIGHUP, see reboot(2), "Behavior inside
// PID namespaces".
inline constexpr int kRebootExitCode = ShellStatus(0, SIGHUP);

enum class RestartRule { kNo, kAlways, kUnlessStopped, kOnFailure, kOnReboot };

struct RestartPolicy {
  RestartRule rule = RestartRule::kNo;
  uint32_t max_retries = 0;  // of kOnFailure; 0: no limit
  friend bool operator==(const RestartPolicy&, const RestartPolicy&) = default;
};

// "no", "always", "unless-stopped", "on-reboot", "on-failure" or "on-failure:N"; empty: "no".
// kInvalidArgument otherwise.
Result<RestartPolicy> ParseRestartPolicy(std::string_view text);
// "on-failure", without the number.
std::string_view RestartRuleName(RestartRule rule);
// The text that ParseRestartPolicy() reads.
std::string FormatRestartPolicy(const RestartPolicy& policy);

// The state in which a container whose run has just ended waits for its next start; nullopt if it
// stays ended. `state`: as the end left it.
std::optional<RestartState> RestartAfterRun(const RestartPolicy& policy, const State& state,
                                            Timestamp now);

// Like RestartAfterRun(), but after a start by the policy has failed. A failed start is not a run:
// the reason for the restart still holds, and the delay grows.
std::optional<RestartState> RestartAfterFailedStart(const RestartPolicy& policy, const State& state,
                                                    Timestamp now);

// Whether a container that has ended is to be started because the host was booted. `state`: as
// saved before the boot.
bool StartsWithHost(const RestartPolicy& policy, const State& state);

// Whether the saved state decides what is started after a reboot, so that it has to survive a power
// cut.
bool OutlivesHost(const RestartPolicy& policy);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RESTART_POLICY_H_
