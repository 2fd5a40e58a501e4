#include "utils/os/local_time.h"

#include <cerrno>
#include <ctime>

namespace isulad::os {

int64_t UtcOfLocal(int64_t local_seconds) {
  const std::time_t as_utc = local_seconds;
  std::tm parts = {};
  if (::gmtime_r(&as_utc, &parts) == nullptr) {
    return local_seconds;
  }
  parts.tm_isdst = -1;
  errno = 0;
  const std::time_t utc = std::mktime(&parts);
  return utc == -1 && errno != 0 ? local_seconds : utc;  // -1 is also a valid moment in 1969
}

}  // namespace isulad::os
