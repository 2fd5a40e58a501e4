// A point in time as people write it on a command line. Pure, thread-safe.
//
//   2026-01-02T03:04:05.5Z  2026-01-02T03:04+01:00   RFC 3339; the parts from the seconds on may be
//   2026-01-02 03:04:05     2026-01-02               left out, and without a zone it is local time
//   1767323045  1767323045.25                        seconds since the Unix epoch
//   90s  10m  1h30m  1.5h  2d                        that long ago: units ns us ms s m h d
#ifndef ISULAD_UTILS_BASE_MOMENT_H_
#define ISULAD_UTILS_BASE_MOMENT_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad {

// Independent of "now", so that a command line is parsed, and rejected, before the clock is read.
struct Moment {
  bool ago = false;
  int64_t nanoseconds = 0;  // before now if `ago`, and then never negative; else since the epoch

  // The result is the earliest possible Timestamp if the moment lies before that.
  Timestamp At(Timestamp now) const;
  friend bool operator==(const Moment&, const Moment&) = default;
};

// Converts a local time, given in seconds since the epoch as if it were UTC, to seconds since the
// epoch. This is os::UtcOfLocal, or a test's replacement for it.
using LocalToUtc = std::function<int64_t(int64_t local_seconds)>;

// kInvalidArgument, with a reason suitable for InvalidValue(), if `text` has none of the forms or
// does not fit into 64 bits of nanoseconds.
Result<Moment> ParseMoment(std::string_view text, const LocalToUtc& utc_of_local);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_MOMENT_H_
