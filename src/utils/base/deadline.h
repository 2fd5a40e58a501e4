// A point in time up to which something is waited for. On the steady clock: nobody sets it.
#ifndef ISULAD_UTILS_BASE_DEADLINE_H_
#define ISULAD_UTILS_BASE_DEADLINE_H_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

namespace isulad {

using Deadline = std::chrono::steady_clock::time_point;

// Until `deadline`, rounded up, so that a wait does not end just before it; 0 where it has passed.
// For poll(2) and its like; what is longer than they can wait is as long as they can.
inline int MillisecondsUntil(Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEADLINE_H_
