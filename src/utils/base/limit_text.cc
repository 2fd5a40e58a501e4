#include "utils/base/limit_text.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

#include "utils/base/byte_size.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();

struct UlimitName {
  std::string_view name;
  std::string_view constant;
};

constexpr UlimitName kUlimits[] = {
    {"as", "RLIMIT_AS"},
    {"core", "RLIMIT_CORE"},
    {"cpu", "RLIMIT_CPU"},
    {"data", "RLIMIT_DATA"},
    {"fsize", "RLIMIT_FSIZE"},
    {"locks", "RLIMIT_LOCKS"},
    {"memlock", "RLIMIT_MEMLOCK"},
    {"msgqueue", "RLIMIT_MSGQUEUE"},
    {"nice", "RLIMIT_NICE"},
    {"nofile", "RLIMIT_NOFILE"},
    {"nproc", "RLIMIT_NPROC"},
    {"rss", "RLIMIT_RSS"},
    {"rtprio", "RLIMIT_RTPRIO"},
    {"rttime", "RLIMIT_RTTIME"},
    {"sigpending", "RLIMIT_SIGPENDING"},
    {"stack", "RLIMIT_STACK"},
};

// The sysctls of the IPC namespace other than fs.mqueue.*.
constexpr std::string_view kIpcSysctls[] = {
    "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem",
    "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced",
};

Result<uint64_t> ParseBytes(std::string_view field, std::string_view text) {
  Result<uint64_t> bytes = ParseByteSize(text);
  if (!bytes) {
    return InvalidArgument(std::string(field) + " " + Quote(text) + ": " + bytes.error().message());
  }
  if (*bytes > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return InvalidArgument(std::string(field) + " " + Quote(text) + " is too large");
  }
  return bytes;
}

bool IsBytes(DeviceRateKind kind) {
  return kind == DeviceRateKind::kReadBytes || kind == DeviceRateKind::kWriteBytes;
}

Result<uint64_t> ParseOperations(std::string_view text) {
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number > std::numeric_limits<uint32_t>::max()) {
    return InvalidArgument("rate " + Quote(text) + " must be a whole number up to 4294967295");
  }
  return *number;
}

const UlimitName* FindUlimit(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kUlimits), std::end(kUlimits),
                   [name](const UlimitName& known) { return known.name == name; });
  return found == std::end(kUlimits) ? nullptr : found;
}

Result<uint64_t> ParseUlimitValue(std::string_view field, std::string_view text) {
  if (text == "-1" || text == "unlimited") {
    return kNone;
  }
  const std::optional<int64_t> number = ParseInt64(text);
  if (!number || *number < 0) {
    return InvalidArgument(std::string(field) + " limit " + Quote(text) +
                           " must be a whole number, or -1 for none");
  }
  return static_cast<uint64_t>(*number);
}

std::string FormatUlimitValue(uint64_t value) {
  return value == kNone ? "-1" : std::to_string(value);
}

bool IsNamespaced(std::string_view name) {
  return name.starts_with("net.") || name.starts_with("fs.mqueue.") ||
         std::find(std::begin(kIpcSysctls), std::end(kIpcSysctls), name) != std::end(kIpcSysctls);
}

// Strict, because a path in /proc/sys is built from the name.
bool IsSysctlName(std::string_view name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
  return plain && !name.starts_with('.') && !name.ends_with('.') &&
         name.find("..") == std::string_view::npos;
}

}  // namespace

std::string_view DeviceRateName(DeviceRateKind kind) {
  switch (kind) {
    case DeviceRateKind::kReadBytes:
      return "device-read-bps";
    case DeviceRateKind::kWriteBytes:
      return "device-write-bps";
    case DeviceRateKind::kReadOperations:
      return "device-read-iops";
    case DeviceRateKind::kWriteOperations:
      return "device-write-iops";
  }
  return "";
}

Result<DeviceRate> ParseDeviceRate(DeviceRateKind kind, std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return InvalidArgument(Quote(text) + " must be PATH:RATE");
  }
  DeviceRate rate;
  rate.kind = kind;
  Result<std::string> path = CleanAbsolutePath(text.substr(0, colon));
  if (!path) {
    return InvalidArgument("path " + Quote(text.substr(0, colon)) + " " + path.error().message());
  }
  rate.path = *std::move(path);
  const std::string_view number = text.substr(colon + 1);
  ASSIGN_OR_RETURN(rate.rate, IsBytes(kind) ? ParseBytes("rate", number) : ParseOperations(number));
  if (rate.rate == 0) {
    return InvalidArgument("rate " + Quote(number) + " must be at least 1");
  }
  return rate;
}

std::string FormatDeviceRate(const DeviceRate& rate) {
  return rate.path + ":" + std::to_string(rate.rate);
}

Result<HugetlbLimit> ParseHugetlbLimit(std::string_view text) {
  HugetlbLimit result;
  const size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    ASSIGN_OR_RETURN(result.page_size, ParseBytes("page size", text.substr(0, colon)));
    if (result.page_size == 0 || (result.page_size & (result.page_size - 1)) != 0) {
      return InvalidArgument("page size " + Quote(text.substr(0, colon)) +
                             " is not one of huge pages");
    }
  }
  const std::string_view limit = colon == std::string_view::npos ? text : text.substr(colon + 1);
  ASSIGN_OR_RETURN(result.limit, ParseBytes("limit", limit));
  return result;
}

std::string FormatHugetlbLimit(const HugetlbLimit& limit) {
  const std::string bytes = std::to_string(limit.limit);
  return limit.page_size == 0 ? bytes : std::to_string(limit.page_size) + ":" + bytes;
}

std::string HugePageName(uint64_t page_size) {
  for (const auto& [shift, unit] : {std::pair{30, "GB"}, {20, "MB"}, {10, "KB"}}) {
    if (page_size != 0 && page_size % (uint64_t{1} << shift) == 0) {
      return std::to_string(page_size >> shift) + unit;
    }
  }
  return std::to_string(page_size) + "B";
}

Result<Ulimit> ParseUlimit(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return InvalidArgument(Quote(text) + " must be NAME=SOFT[:HARD]");
  }
  Ulimit limit;
  limit.name = text.substr(0, equals);
  if (FindUlimit(limit.name) == nullptr) {
    return InvalidArgument("limit " + Quote(limit.name) +
                           " is not known: a name of setrlimit(2) without RLIMIT_, such as nofile");
  }
  const std::string_view values = text.substr(equals + 1);
  const size_t colon = values.find(':');
  const std::string_view soft = values.substr(0, colon);
  ASSIGN_OR_RETURN(limit.soft, ParseUlimitValue("soft", soft));
  ASSIGN_OR_RETURN(
      limit.hard,
      ParseUlimitValue("hard", colon == std::string_view::npos ? soft : values.substr(colon + 1)));
  if (limit.soft > limit.hard) {
    return InvalidArgument("soft limit " + Quote(soft) + " must not be above the hard one, " +
                           FormatUlimitValue(limit.hard));
  }
  return limit;
}

std::string FormatUlimit(const Ulimit& limit) {
  return limit.name + "=" + FormatUlimitValue(limit.soft) + ":" + FormatUlimitValue(limit.hard);
}

std::string UlimitConstant(std::string_view name) {
  const UlimitName* const found = FindUlimit(name);
  return found == nullptr ? "" : std::string(found->constant);
}

Result<std::vector<NumberRange>> ParseNumberList(std::string_view text) {
  std::vector<NumberRange> ranges;
  for (const std::string_view part : Split(text, ',')) {
    const size_t dash = part.find('-');
    const std::optional<uint64_t> first = ParseUint64(part.substr(0, dash));
    const std::optional<uint64_t> last =
        dash == std::string_view::npos ? first : ParseUint64(part.substr(dash + 1));
    if (!first || !last || *last < *first) {
      return InvalidArgument(Quote(text) +
                             " must be a list of numbers and ranges, such as \"0-2,4\"");
    }
    ranges.push_back({*first, *last});
  }
  return ranges;
}

Status CheckNumberList(std::string_view list, std::string_view available) {
  ASSIGN_OR_RETURN(const std::vector<NumberRange> wanted, ParseNumberList(list));
  ASSIGN_OR_RETURN(const std::vector<NumberRange> there, ParseNumberList(available));
  for (const NumberRange& range : wanted) {
    // The kernel's list is short and its ranges are not adjacent, so a wanted range must lie within
    // one of them.
    const bool found = std::any_of(there.begin(), there.end(), [&range](const NumberRange& other) {
      return other.first <= range.first && range.last <= other.last;
    });
    if (!found) {
      return InvalidArgument(Quote(list) + ": this machine has " + std::string(available));
    }
  }
  return OkStatus();
}

Result<Sysctl> ParseSysctl(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return InvalidArgument(Quote(text) + " must be NAME=VALUE");
  }
  Sysctl sysctl{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
  if (!IsSysctlName(sysctl.name) || !IsNamespaced(sysctl.name)) {
    return InvalidArgument("sysctl " + Quote(sysctl.name) +
                           " does not belong to the container: only net.*, fs.mqueue.* and the IPC "
                           "ones of kernel.* do");
  }
  if (sysctl.value.empty() || !IsValidUtf8(sysctl.value) || HasControlCharacter(sysctl.value)) {
    return InvalidArgument("value " + Quote(sysctl.value) + " of sysctl " + Quote(sysctl.name) +
                           " must be a line of text");
  }
  return sysctl;
}

}  // namespace isulad
