#include "cmd/isula/terminal/window_size.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace isulad::terminal {

std::optional<client::WindowSize> WindowSizeOf(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
    return std::nullopt;
  }
  return client::WindowSize{size.ws_row, size.ws_col};
}

std::optional<client::WindowSize> CurrentWindowSize() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (const std::optional<client::WindowSize> size = WindowSizeOf(fd)) {
      return size;
    }
  }
  return std::nullopt;
}

}  // namespace isulad::terminal
