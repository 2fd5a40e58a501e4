// What a monitor asks of the kernel about processes.
#ifndef ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_
#define ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_

#include <sys/types.h>

#include <chrono>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// Orphaned descendants become children of this process (prctl(2), PR_SET_CHILD_SUBREAPER).
Status BecomeSubreaper();
// What a service manager or a terminal sends to end a program ends no monitor: the container would
// lose its parent, its log and its exit status. SIGKILL still does.
Status IgnoreStopSignals();

// Blocks SIGCHLD and gives a descriptor that is readable when one has come (signalfd(2)).
Result<os::UniqueFd> OpenChildSignals();
// Takes the signals that have come.
void ClearChildSignals(int signals);
// Reaps children that have ended, up to the first that is `spared`, which stays a zombie. Whether
// it was met.
bool ReapOrphans(pid_t spared);
// Whether the process is a child of ours, ended or not, that can be waited for.
bool IsOurChild(const os::UniqueFd& pidfd);
// Whether there is any child, ended or not.
bool HasChildren();
// Kills and reaps all descendants of this process, which is a subreaper: the children of one that
// dies become its own. kDeadlineExceeded where one has not died by then.
Status KillChildren(std::chrono::milliseconds timeout);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_
