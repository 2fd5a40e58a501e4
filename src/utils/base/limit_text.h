// Limits that are more than a number, as people write them on a command line. Pure, thread-safe.
// All Parse functions answer kInvalidArgument with a reason that quotes the part that is wrong.
#ifndef ISULAD_UTILS_BASE_LIMIT_TEXT_H_
#define ISULAD_UTILS_BASE_LIMIT_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

// How fast a container may use a block device.
enum class DeviceRateKind { kReadBytes, kWriteBytes, kReadOperations, kWriteOperations };
inline constexpr DeviceRateKind kDeviceRateKinds[] = {
    DeviceRateKind::kReadBytes, DeviceRateKind::kWriteBytes, DeviceRateKind::kReadOperations,
    DeviceRateKind::kWriteOperations};
// "device-read-bps", as the flag is called.
std::string_view DeviceRateName(DeviceRateKind kind);

struct DeviceRate {
  DeviceRateKind kind = DeviceRateKind::kReadBytes;
  std::string path;   // absolute, clean
  uint64_t rate = 0;  // bytes or operations in a second, at least 1
  friend bool operator==(const DeviceRate&, const DeviceRate&) = default;
};

// PATH:RATE; a rate of bytes may have a unit.
Result<DeviceRate> ParseDeviceRate(DeviceRateKind kind, std::string_view text);
// PATH:RATE, the rate in plain digits.
std::string FormatDeviceRate(const DeviceRate& rate);

// How much of the huge pages of one size a container may use.
struct HugetlbLimit {
  uint64_t page_size = 0;  // bytes; 0: the machine's default
  uint64_t limit = 0;      // bytes
  friend bool operator==(const HugetlbLimit&, const HugetlbLimit&) = default;
};

// [PAGE_SIZE:]LIMIT, both with a unit.
Result<HugetlbLimit> ParseHugetlbLimit(std::string_view text);
std::string FormatHugetlbLimit(const HugetlbLimit& limit);
// As the kernel and the OCI specification name it: 2097152 -> "2MB".
std::string HugePageName(uint64_t page_size);

// A limit of setrlimit(2).
struct Ulimit {
  std::string name;   // "nofile"
  uint64_t soft = 0;  // UINT64_MAX: none
  uint64_t hard = 0;  // UINT64_MAX: none
  friend bool operator==(const Ulimit&, const Ulimit&) = default;
};

// NAME=SOFT[:HARD]; -1 or "unlimited": none. HARD is SOFT where it is left out.
Result<Ulimit> ParseUlimit(std::string_view text);
std::string FormatUlimit(const Ulimit& limit);
// "nofile" -> "RLIMIT_NOFILE".
std::string UlimitConstant(std::string_view name);

// Numbers and ranges, "0-2,4", as of processors and memory nodes: the ranges in the order in which
// they are written, first and last of each.
struct NumberRange {
  uint64_t first = 0;
  uint64_t last = 0;
};
Result<std::vector<NumberRange>> ParseNumberList(std::string_view text);
// kInvalidArgument where a number of `list` is not in `available`.
Status CheckNumberList(std::string_view list, std::string_view available);

// A sysctl that belongs to a namespace which every container has of its own (network, IPC): NAME is
// dotted, such as net.ipv4.ip_forward.
struct Sysctl {
  std::string name;
  std::string value;
  friend bool operator==(const Sysctl&, const Sysctl&) = default;
};
// NAME=VALUE.
Result<Sysctl> ParseSysctl(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_LIMIT_TEXT_H_
