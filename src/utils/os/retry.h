// For system calls that a signal may interrupt.
#ifndef ISULAD_UTILS_OS_RETRY_H_
#define ISULAD_UTILS_OS_RETRY_H_

#include <cerrno>

namespace isulad::os {

// Calls `call` until it returns anything but -1 with EINTR.
template <typename Call>
auto RetryOnEintr(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) {
    result = call();
  }
  return result;
}

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_RETRY_H_
