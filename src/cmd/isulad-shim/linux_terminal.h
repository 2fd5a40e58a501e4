// Pseudo-terminals: pty(7), ioctl_tty(2).
#ifndef ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_
#define ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// The character that a terminal treats as the end of input by default (VEOF); programs may change
// it.
inline constexpr char kEndOfFileCharacter = 0x04;

Status SetWindowSize(int terminal, shim::WindowSize size);
// Returns a descriptor of the slave of `master`, opened without a path (TIOCGPTPEER) because the
// container's devpts is not mounted here.
Result<os::UniqueFd> OpenSlave(int master);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LINUX_TERMINAL_H_
