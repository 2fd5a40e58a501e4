// Time as an injectable dependency, so that tests need not wait.
#ifndef ISULAD_UTILS_BASE_CLOCK_H_
#define ISULAD_UTILS_BASE_CLOCK_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// Nanoseconds since the Unix epoch, UTC; 0 stands for "never".
struct Timestamp {
  int64_t nanoseconds = 0;
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

// RFC 3339 with nine fractional digits and "Z": "2026-01-02T03:04:05.000000006Z";
// "0001-01-01T00:00:00Z" for 0.
std::string FormatTimestamp(Timestamp time);
// Reads the output of FormatTimestamp, with 0 to 9 fractional digits; kInvalidArgument for anything
// else.
Result<Timestamp> ParseTimestamp(std::string_view text);

// Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp Now() const = 0;
  // Returns after `time`, or a little later.
  virtual void SleepFor(std::chrono::milliseconds time) const = 0;
};

class SystemClock final : public Clock {
 public:
  Timestamp Now() const override;
  void SleepFor(std::chrono::milliseconds time) const override;
};

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_CLOCK_H_
