#include "cmd/isulad-shim/linux_terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>

namespace isulad::monitor {

Status SetWindowSize(int terminal, shim::WindowSize size) {
  winsize window = {};
  window.ws_row = size.rows;
  window.ws_col = size.columns;
  if (::ioctl(terminal, TIOCSWINSZ, &window) != 0) {
    return SystemError(errno, "set the window size");
  }
  return OkStatus();
}

Result<os::UniqueFd> OpenSlave(int master) {
  os::UniqueFd slave(::ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!slave) {
    return SystemError(errno, "open the terminal's slave");
  }
  return slave;
}

}  // namespace isulad::monitor
