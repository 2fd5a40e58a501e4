// Pseudo-terminals: pty(7), ioctl_tty(2).
#ifndef ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_
#define ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// What a terminal takes for the end of input, as it is set unless a program changed it (VEOF).
inline constexpr char kEndOfFileCharacter = 0x04;

Status SetWindowSize(int terminal, shim::WindowSize size);
// A descriptor of the slave that belongs to `master`, opened without a path (TIOCGPTPEER): the
// container's devpts is not mounted here.
Result<os::UniqueFd> OpenSlave(int master);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_
