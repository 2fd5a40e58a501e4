#include "cmd/isula/options/resource_options.h"

#include <limits>
#include <optional>
#include <string>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::options {
namespace {

constexpr int64_t kNanoPerCpu = 1'000'000'000;
constexpr size_t kFractionDigits = 9;
constexpr uint64_t kMaxCpus = 1'000'000;

Result<int64_t> ParseBytes(std::string_view text) {
  ASSIGN_OR_RETURN(const uint64_t bytes, ParseByteSize(text));
  if (bytes > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return InvalidArgument("too large");
  }
  return static_cast<int64_t>(bytes);
}

Status SetMemory(std::string_view text, int64_t* bytes) {
  ASSIGN_OR_RETURN(*bytes, ParseBytes(text));
  return OkStatus();
}

Status SetMemoryOrUnlimited(std::string_view text, int64_t* bytes) {
  if (text == "-1") {
    *bytes = -1;
    return OkStatus();
  }
  return SetMemory(text, bytes);
}

Status SetPidsLimit(std::string_view text, int64_t* limit) {
  const std::optional<int64_t> number = ParseInt64(text);
  if (!number || *number < -1) {
    return InvalidArgument("must be a whole number, or -1 for no limit");
  }
  *limit = *number;
  return OkStatus();
}

}  // namespace

Result<int64_t> ParseCpus(std::string_view text) {
  const size_t point = text.find('.');
  const std::optional<uint64_t> whole = ParseUint64(text.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "0" : text.substr(point + 1));
  if (!whole || fraction.empty() || fraction.size() > kFractionDigits) {
    return InvalidArgument("must be a number of processors, such as 1.5");
  }
  fraction.resize(kFractionDigits, '0');
  const std::optional<uint64_t> nano = ParseUint64(fraction);
  if (!nano || *whole > kMaxCpus) {
    return InvalidArgument("must be a number of processors, such as 1.5");
  }
  return static_cast<int64_t>(*whole) * kNanoPerCpu + static_cast<int64_t>(*nano);
}

void AddResourceFlags(cli::FlagSet& flags, client::HostOptions* host) {
  flags.AddValue({"memory", 'm'},
                 [host](std::string_view text) { return SetMemory(text, &host->memory); },
                 {"BYTES", "Memory limit, with a unit k, m, g (default: none)"});
  flags.AddValue(
      {"memory-swap"},
      [host](std::string_view text) { return SetMemoryOrUnlimited(text, &host->memory_swap); },
      {"BYTES", "Limit of memory and swap together; -1: no limit"});
  flags.AddValue({"cpus"},
                 [host](std::string_view text) -> Status {
                   ASSIGN_OR_RETURN(host->nano_cpus, ParseCpus(text));
                   return OkStatus();
                 },
                 {"NUMBER", "Processors to use at most, such as 1.5 (default: no limit)"});
  flags.AddValue({"pids-limit"},
                 [host](std::string_view text) { return SetPidsLimit(text, &host->pids_limit); },
                 {"NUMBER", "Processes and threads at most; -1: no limit"});
}

}  // namespace isulad::options
