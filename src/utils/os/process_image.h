// What a process is, as /proc shows it to the host. The process can choose what is read here.
#ifndef ISULAD_UTILS_OS_PROCESS_IMAGE_H_
#define ISULAD_UTILS_OS_PROCESS_IMAGE_H_

#include <sys/types.h>

#include <string>

#include "utils/base/result.h"

namespace isulad::os {

// The last component of the path of the program that it runs, links resolved, also of one that has
// been deleted since. An error where there is no such process.
Result<std::string> ProgramName(pid_t pid);
// argv[0], or what the process has put in its place; "" where it has none.
Result<std::string> FirstArgument(pid_t pid);
// What becomes of a signal that is sent to the first process of a pid namespace.
enum class Hearing {
  kLost,     // neither caught nor blocked: it is spared what would end another process
  kBlocked,  // kept for later: it is read from a signalfd, or unblocked again and then lost
  kCaught,
};
// `signal`: 1 to SIGRTMAX.
Result<Hearing> HearingOf(pid_t pid, int signal);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_PROCESS_IMAGE_H_
