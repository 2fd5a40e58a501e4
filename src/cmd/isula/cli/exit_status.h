// Exit statuses of `isula`. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_
#define ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_

#include "utils/base/result.h"

namespace isulad::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;       // the daemon refused; unknown command
inline constexpr int kExitBrokenPipe = 141;  // as the shell reports a death by SIGPIPE
inline constexpr int kExitUsage = 125;       // bad arguments, no daemon

// Whether a command's exit status is that of a container (create, run, start, exec). If it is, a
// refusal must not look like a container that exited with 1.
enum class Refusal { kFailure = kExitFailure, kUsage = kExitUsage };

// The exit status for an error of the client library (client/errors.h): 125 for kUnavailable; with
// Refusal::kUsage the error's own exit code (126, 127) if it has one; otherwise the status of
// `refusal`.
int ExitStatusOf(const Error& error, Refusal refusal);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_EXIT_STATUS_H_
