// Exit statuses of `isula`. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_
#define ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_

#include "utils/base/result.h"

namespace isulad::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;       // the daemon refused; unknown command
inline constexpr int kExitBrokenPipe = 141;  // as the shell shows a death by SIGPIPE
inline constexpr int kExitUsage = 125;       // bad arguments, no daemon

// Whether a command's exit status stands for that of a container (create, run, start, exec): then a
// refusal must not look like a container that ended with 1.
enum class Refusal { kFailure = kExitFailure, kUsage = kExitUsage };

// For an error of the client library (client/errors.h): kUnavailable is 125; with Refusal::kUsage
// the error's own exit code (126, 127) where it has one; all else is the refusal's status.
int ExitStatusOf(const Error& error, Refusal refusal);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_
