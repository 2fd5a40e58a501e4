// A terminal in raw mode, put back however the process ends.
#ifndef ISULAD_CMD_ISULA_TERMINAL_RAW_MODE_H_
#define ISULAD_CMD_ISULA_TERMINAL_RAW_MODE_H_

#include "utils/base/result.h"

namespace isulad::terminal {

// While one exists, every deadly signal that can be caught (also those of a crash, and SIGPIPE)
// restores the terminal before it kills the process, from whatever the process is blocked in: no
// thread has to take part. At most one at a time in a process; made and destroyed by one thread.
class ScopedRawMode {
 public:
  // `fd` is a terminal and stays the caller's; it must outlive this.
  static Result<ScopedRawMode> Enter(int fd);
  ScopedRawMode(ScopedRawMode&& other) noexcept;
  ScopedRawMode& operator=(ScopedRawMode&&) = delete;
  ~ScopedRawMode();

 private:
  ScopedRawMode() = default;
  bool active_ = true;
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_RAW_MODE_H_
