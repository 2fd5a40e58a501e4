// The time zone of this process: $TZ, else /etc/localtime. Thread-safe.
#ifndef ISULAD_UTILS_OS_LOCAL_TIME_H_
#define ISULAD_UTILS_OS_LOCAL_TIME_H_

#include <cstdint>

namespace isulad::os {

// Seconds since the epoch of a local time, which is given as if it were UTC. Where clocks are set
// back one of the two moments, where they are set forward one nearby; mktime(3). The argument
// itself where the C library knows no answer.
int64_t UtcOfLocal(int64_t local_seconds);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_LOCAL_TIME_H_
