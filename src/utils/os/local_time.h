// The time zone of this process: $TZ, else /etc/localtime. Thread-safe.
#ifndef ISULAD_UTILS_OS_LOCAL_TIME_H_
#define ISULAD_UTILS_OS_LOCAL_TIME_H_

#include <cstdint>

namespace isulad::os {

// Converts a local time, given in seconds since the epoch as if it were UTC, to seconds since the
// epoch. If clocks were set back, the result is one of the two possible moments; if they were set
// forward, it is one nearby; see mktime(3). Returns the argument if the C library cannot convert
// it.
int64_t UtcOfLocal(int64_t local_seconds);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_LOCAL_TIME_H_
