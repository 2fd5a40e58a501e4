// A point in time at which a wait ends. It is on the steady clock, which cannot be set.
#ifndef ISULAD_UTILS_BASE_DEADLINE_H_
#define ISULAD_UTILS_BASE_DEADLINE_H_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

namespace isulad {

using Deadline = std::chrono::steady_clock::time_point;

// Milliseconds until `deadline`, rounded up so that a wait does not end just before it; 0 if it has
// passed. For poll(2) and similar calls: longer times are capped at the longest that they can wait.
inline int MillisecondsUntil(Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEADLINE_H_
