// Whether and how a container's output is kept. Pure.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_OPTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::logs {

// Smaller files would cost more time in rotation than in writing. An entry may still be longer: it
// then has a file to itself.
inline constexpr uint64_t kMinFileBytes = 4u << 10;
inline constexpr uint64_t kMaxFileBytes = uint64_t{1} << 40;
// Rotation renames all of them.
inline constexpr uint32_t kMaxFiles = 100;

enum class Driver { kJsonFile, kNone };

struct LogOptions {
  Driver driver = Driver::kJsonFile;
  uint64_t max_bytes = 0;  // of one file; 0: unlimited and not rotated
  uint32_t max_files = 1;  // including the one being written
  friend bool operator==(const LogOptions&, const LogOptions&) = default;
};

// "json-file", "none".
std::string_view DriverName(Driver driver);
Result<Driver> ParseDriver(std::string_view name);

// `driver`: empty for json-file. `options`: each "max-size=BYTES" (with a unit k, m, g) or
// "max-file=NUMBER", at most once. kInvalidArgument names the option that is unknown or out of
// range.
Result<LogOptions> ParseLogOptions(std::string_view driver,
                                   const std::vector<std::string>& options);
// kInvalidArgument if a limit is out of range.
Status ValidateLogOptions(const LogOptions& options);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_OPTIONS_H_
