// A rule for the devices cgroup: the value of --device-cgroup-rule. Pure, thread-safe.
// Source: Documentation/admin-guide/cgroup-v1/devices.rst.
#ifndef ISULAD_UTILS_BASE_DEVICE_RULE_H_
#define ISULAD_UTILS_BASE_DEVICE_RULE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// Which devices a container may use beyond those that every one may.
struct DeviceRule {
  char type = 'c';                  // 'c' character devices, 'b' block devices, 'a' all of both
  std::optional<uint32_t> major{};  // nothing: any
  std::optional<uint32_t> minor{};
  std::string permissions{};  // some of "rwm", in this order
  friend bool operator==(const DeviceRule&, const DeviceRule&) = default;
};

// Reads "TYPE MAJOR:MINOR PERMISSIONS", single blanks between them, "*" for any number.
// kInvalidArgument with the field that is wrong. Type "a" goes with "*:* rwm" alone: the kernel's
// version 1 reads no further then.
Result<DeviceRule> ParseDeviceRule(std::string_view text);
// What ParseDeviceRule reads.
std::string FormatDeviceRule(const DeviceRule& rule);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEVICE_RULE_H_
