// Lengths of time as people write them: "30s", "1m30s", "1.5h", "500ms", "0". Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_DURATION_H_
#define ISULAD_UTILS_BASE_DURATION_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace isulad {

// Reads numbers with units, in any order: ns us ms s m h d; "0" needs no unit. nullopt if `text` is
// not a duration, is negative, or does not fit into 64 bits of nanoseconds.
std::optional<std::chrono::nanoseconds> ParseDuration(std::string_view text);

// "30s", "1m30s", "2h0m0s", "500ms", "1.5s", "0s": the format of Go programs. `duration` must not
// be negative.
std::string FormatDuration(std::chrono::nanoseconds duration);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DURATION_H_
