// The size of a terminal.
#ifndef ISULAD_CMD_ISULA_TERMINAL_WINDOW_SIZE_H_
#define ISULAD_CMD_ISULA_TERMINAL_WINDOW_SIZE_H_

#include <optional>

#include "cmd/isula/client/container_types.h"

namespace isulad::terminal {

// TIOCGWINSZ; nullopt if `fd` is not a terminal or does not know its size.
std::optional<client::WindowSize> WindowSizeOf(int fd);
// The size of the first of standard input, output and error that is a terminal.
std::optional<client::WindowSize> CurrentWindowSize();

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_WINDOW_SIZE_H_
