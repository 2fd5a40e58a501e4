// Properties of a process, as /proc shows them to the host. The process itself can choose what is
// read here.
#ifndef ISULAD_UTILS_OS_PROCESS_IMAGE_H_
#define ISULAD_UTILS_OS_PROCESS_IMAGE_H_

#include <sys/types.h>

#include <string>

#include "utils/base/result.h"

namespace isulad::os {

// The last path component of the program that the process runs, with links resolved, even if the
// file has been deleted since. An error if there is no such process.
Result<std::string> ProgramName(pid_t pid);
// argv[0], or the text with which the process has replaced it; "" if it has none.
Result<std::string> FirstArgument(pid_t pid);
// The effect of a signal that is sent to the first process of a pid namespace.
enum class Hearing {
  kLost,     // neither caught nor blocked: the first process survives what would end another
  kBlocked,  // kept for later: read from a signalfd, or unblocked again and then lost
  kCaught,
};
// `signal`: 1 to SIGRTMAX.
Result<Hearing> HearingOf(pid_t pid, int signal);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_PROCESS_IMAGE_H_
