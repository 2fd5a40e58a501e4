#include "daemon/modules/logs/log_options.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::logs {
namespace {

constexpr std::string_view kJsonFileName = "json-file";
constexpr std::string_view kNoneName = "none";

Status SetMaxSize(std::string_view value, LogOptions& options) {
  Result<uint64_t> bytes = ParseByteSize(value);
  if (!bytes) {
    return std::move(bytes).error().AddContext("log option max-size " + Quote(value));
  }
  if (*bytes == 0) {
    return InvalidArgument("log option max-size " + Quote(value) + " must not be 0");
  }
  options.max_bytes = *bytes;
  return OkStatus();
}

Status SetMaxFile(std::string_view value, LogOptions& options) {
  const std::optional<uint64_t> number = ParseUint64(value);
  if (!number) {
    return InvalidArgument("log option max-file " + Quote(value) + " must be a whole number");
  }
  options.max_files = static_cast<uint32_t>(
      std::min<uint64_t>(*number, std::numeric_limits<uint32_t>::max()));  // out of range anyway
  return OkStatus();
}

Status Set(std::string_view key, std::string_view value, LogOptions& options) {
  if (key == "max-size") {
    return SetMaxSize(value, options);
  }
  if (key == "max-file") {
    return SetMaxFile(value, options);
  }
  return InvalidArgument("unknown log option " + Quote(key) + ": there are max-size and max-file");
}

}  // namespace

std::string_view DriverName(Driver driver) {
  return driver == Driver::kNone ? kNoneName : kJsonFileName;
}

Result<Driver> ParseDriver(std::string_view name) {
  if (name == kJsonFileName) {
    return Driver::kJsonFile;
  }
  if (name == kNoneName) {
    return Driver::kNone;
  }
  return InvalidArgument("unknown log driver " + Quote(name) + ": there are json-file and none");
}

Result<LogOptions> ParseLogOptions(std::string_view driver,
                                   const std::vector<std::string>& options) {
  LogOptions parsed;
  if (!driver.empty()) {
    ASSIGN_OR_RETURN(parsed.driver, ParseDriver(driver));
  }
  std::vector<std::string_view> seen;
  for (const std::string& option : options) {
    const std::string_view text = option;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return InvalidArgument("log option " + Quote(text) + " must have the form KEY=VALUE");
    }
    const std::string_view key = text.substr(0, equals);
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
      return InvalidArgument("log option " + std::string(key) + " is given more than once");
    }
    RETURN_IF_ERROR(Set(key, text.substr(equals + 1), parsed));
    seen.push_back(key);
  }
  if (parsed.driver == Driver::kNone && !options.empty()) {
    return InvalidArgument("the log driver \"none\" takes no log options");
  }
  RETURN_IF_ERROR(ValidateLogOptions(parsed));
  return parsed;
}

Status ValidateLogOptions(const LogOptions& options) {
  if (options.max_bytes != 0 &&
      (options.max_bytes < kMinFileBytes || options.max_bytes > kMaxFileBytes)) {
    return InvalidArgument("log option max-size must be from " + FormatByteSize(kMinFileBytes) +
                           " to " + FormatByteSize(kMaxFileBytes));
  }
  if (options.max_files < 1 || options.max_files > kMaxFiles) {
    return InvalidArgument("log option max-file must be from 1 to " + std::to_string(kMaxFiles));
  }
  if (options.max_files > 1 && options.max_bytes == 0) {
    return InvalidArgument("log option max-file needs max-size: without it there is one file");
  }
  return OkStatus();
}

}  // namespace isulad::logs
