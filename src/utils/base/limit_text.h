// Limits that consist of more than a number, as people write them on a command line. Pure,
// thread-safe. All Parse functions return kInvalidArgument with a reason that quotes the faulty
// part.
#ifndef ISULAD_UTILS_BASE_LIMIT_TEXT_H_
#define ISULAD_UTILS_BASE_LIMIT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

// Kinds of rate limits on a container's use of a block device.
enum class DeviceRateKind { kReadBytes, kWriteBytes, kReadOperations, kWriteOperations };
inline constexpr DeviceRateKind kDeviceRateKinds[] = {
    DeviceRateKind::kReadBytes, DeviceRateKind::kWriteBytes, DeviceRateKind::kReadOperations,
    DeviceRateKind::kWriteOperations};
// The name of the flag: "device-read-bps".
std::string_view DeviceRateName(DeviceRateKind kind);

struct DeviceRate {
  DeviceRateKind kind = DeviceRateKind::kReadBytes;
  std::string path;   // absolute, clean
  uint64_t rate = 0;  // bytes or operations per second, at least 1
  friend bool operator==(const DeviceRate&, const DeviceRate&) = default;
};

// Reads PATH:RATE; a rate in bytes may have a unit.
Result<DeviceRate> ParseDeviceRate(DeviceRateKind kind, std::string_view text);
// PATH:RATE, with the rate in plain digits.
std::string FormatDeviceRate(const DeviceRate& rate);

// Limits how much memory in huge pages of one size a container may use.
struct HugetlbLimit {
  uint64_t page_size = 0;  // bytes; 0: the machine's default
  uint64_t limit = 0;      // bytes
  friend bool operator==(const HugetlbLimit&, const HugetlbLimit&) = default;
};

// Reads [PAGE_SIZE:]LIMIT, both with a unit.
Result<HugetlbLimit> ParseHugetlbLimit(std::string_view text);
std::string FormatHugetlbLimit(const HugetlbLimit& limit);
// The name of the page size in the kernel and the OCI specification: 2097152 -> "2MB".
std::string HugePageName(uint64_t page_size);

// A resource limit (setrlimit(2)).
struct Ulimit {
  std::string name;   // "nofile"
  uint64_t soft = 0;  // UINT64_MAX: unlimited
  uint64_t hard = 0;  // UINT64_MAX: unlimited
  friend bool operator==(const Ulimit&, const Ulimit&) = default;
};

// Reads NAME=SOFT[:HARD]; -1 or "unlimited" means no limit. HARD defaults to SOFT.
Result<Ulimit> ParseUlimit(std::string_view text);
std::string FormatUlimit(const Ulimit& limit);
// "nofile" -> "RLIMIT_NOFILE".
std::string UlimitConstant(std::string_view name);

// An inclusive range in a list of numbers and ranges ("0-2,4"), as used for processors and memory
// nodes. ParseNumberList keeps the order in which the ranges are written.
struct NumberRange {
  uint64_t first = 0;
  uint64_t last = 0;
};
Result<std::vector<NumberRange>> ParseNumberList(std::string_view text);
// kInvalidArgument if `list` contains a number that is not in `available`.
Status CheckNumberList(std::string_view list, std::string_view available);

// A sysctl of a namespace that every container has of its own (network, IPC). The name is dotted,
// such as net.ipv4.ip_forward.
struct Sysctl {
  std::string name;
  std::string value;
  friend bool operator==(const Sysctl&, const Sysctl&) = default;
};
// Reads NAME=VALUE.
Result<Sysctl> ParseSysctl(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_LIMIT_TEXT_H_
