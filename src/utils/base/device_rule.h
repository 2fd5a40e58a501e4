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

// Devices that a container may use in addition to those that every container may use.
struct DeviceRule {
  char type = 'c';                  // 'c' character devices, 'b' block devices, 'a' all devices
  std::optional<uint32_t> major{};  // nullopt: any
  std::optional<uint32_t> minor{};
  std::string permissions{};  // some of "rwm", in this order
  friend bool operator==(const DeviceRule&, const DeviceRule&) = default;
};

// Reads "TYPE MAJOR:MINOR PERMISSIONS", separated by single spaces, with "*" for any number.
// kInvalidArgument, naming the field that is wrong. Type "a" is valid only in "a *:* rwm": cgroup
// v1 in the kernel reads nothing after the "a".
Result<DeviceRule> ParseDeviceRule(std::string_view text);
// The form that ParseDeviceRule reads.
std::string FormatDeviceRule(const DeviceRule& rule);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEVICE_RULE_H_
