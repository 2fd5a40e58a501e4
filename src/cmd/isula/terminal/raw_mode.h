// Puts a terminal into raw mode and restores it however the process ends.
#ifndef ISULAD_CMD_ISULA_TERMINAL_RAW_MODE_H_
#define ISULAD_CMD_ISULA_TERMINAL_RAW_MODE_H_

#include "utils/base/result.h"

namespace isulad::terminal {

// While an instance exists, every deadly signal that can be caught (also those of a crash, and
// SIGPIPE) restores the terminal before it kills the process, whatever the process is blocked in;
// no thread has to cooperate. At most one instance per process; made and destroyed by the same
// thread.
class ScopedRawMode {
 public:
  // `fd` is a terminal, owned by the caller, and must outlive this object.
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
