// Names of signals. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_SIGNALS_H_
#define ISULAD_UTILS_BASE_SIGNALS_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// Reads "TERM", "SIGTERM", "sigterm", "15", "RTMIN+3", "SIGRTMAX-1". kInvalidArgument if the text
// is not a signal of this system (1 to SIGRTMAX).
Result<int> ParseSignal(std::string_view text);
// 15 -> "SIGTERM", 37 -> "SIGRTMIN+3".
std::string SignalName(int signal);

// The exit status that a shell shows for a process: `code`, or 128 + `signal` if a signal (not 0)
// ended it.
constexpr int ShellStatus(int code, int signal) { return signal != 0 ? 128 + signal : code; }

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_SIGNALS_H_
