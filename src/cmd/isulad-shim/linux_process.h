// The kernel's process interfaces that a monitor uses.
#ifndef ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_
#define ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_

#include <sys/types.h>

#include <chrono>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// Makes orphaned descendants children of this process (prctl(2), PR_SET_CHILD_SUBREAPER).
Status BecomeSubreaper();
// Ignores the signals with which a service manager or a terminal ends a program: the container
// would lose its parent, its log and its exit status. SIGKILL still ends the monitor.
Status IgnoreStopSignals();

// Blocks SIGCHLD and returns a descriptor that is readable when one is pending (signalfd(2)).
Result<os::UniqueFd> OpenChildSignals();
// Consumes the pending signals.
void ClearChildSignals(int signals);
// Reaps exited children up to the first that is `spared`, which stays a zombie. Returns whether it
// was met.
bool ReapOrphans(pid_t spared);
// Whether the process is a child of this one, exited or not, that can be waited for.
bool IsOurChild(const os::UniqueFd& pidfd);
// Whether there is any child, exited or not.
bool HasChildren();
// Kills and reaps all descendants of this process, which must be a subreaper: children of a process
// that dies become its own. kDeadlineExceeded if one has not died within `timeout`.
Status KillChildren(std::chrono::milliseconds timeout);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LINUX_PROCESS_H_
