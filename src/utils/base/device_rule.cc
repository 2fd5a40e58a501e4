#include "utils/base/device_rule.h"

#include <vector>

#include "utils/base/device_permissions.h"
#include "utils/base/strings.h"

namespace isulad {
namespace {

constexpr std::string_view kTypes = "abc";
constexpr std::string_view kAny = "*";
// The major and minor numbers of the kernel's dev_t have 12 and 20 bits.
constexpr uint64_t kMaxMajor = (1u << 12) - 1;
constexpr uint64_t kMaxMinor = (1u << 20) - 1;

Result<std::optional<uint32_t>> ParseNumber(std::string_view field, std::string_view text,
                                            uint64_t highest) {
  if (text == kAny) {
    return std::optional<uint32_t>();
  }
  const std::optional<uint64_t> number = ParseUint64(text);
  if (!number || *number > highest) {
    return InvalidArgument(std::string(field) + " number " + Quote(text) +
                           " must be * or a whole number from 0 to " + std::to_string(highest));
  }
  return std::optional<uint32_t>(static_cast<uint32_t>(*number));
}

std::string FormatNumber(const std::optional<uint32_t>& number) {
  return number ? std::to_string(*number) : std::string(kAny);
}

}  // namespace

Result<DeviceRule> ParseDeviceRule(std::string_view text) {
  const std::vector<std::string_view> fields = Split(text, ' ');
  const std::vector<std::string_view> numbers =
      fields.size() == 3 ? Split(fields[1], ':') : std::vector<std::string_view>();
  if (numbers.size() != 2) {
    return InvalidArgument("device rule " + Quote(text) +
                           " must be \"TYPE MAJOR:MINOR PERMISSIONS\", such as \"c 10:200 rwm\"");
  }
  if (fields[0].size() != 1 || kTypes.find(fields[0].front()) == std::string_view::npos) {
    return InvalidArgument("device rule " + Quote(text) + ": type " + Quote(fields[0]) +
                           " must be c (character), b (block) or a (all)");
  }
  DeviceRule rule;
  rule.type = fields[0].front();
  ASSIGN_OR_RETURN(rule.major, ParseNumber("major", numbers[0], kMaxMajor));
  ASSIGN_OR_RETURN(rule.minor, ParseNumber("minor", numbers[1], kMaxMinor));
  ASSIGN_OR_RETURN(rule.permissions, ParseDevicePermissions(fields[2]));
  if (rule.type == 'a' && (rule.major || rule.minor || rule.permissions != kAllDevicePermissions)) {
    return InvalidArgument("device rule " + Quote(text) +
                           ": type a is all devices, with all permissions: \"a *:* rwm\"");
  }
  return rule;
}

std::string FormatDeviceRule(const DeviceRule& rule) {
  return std::string(1, rule.type) + " " + FormatNumber(rule.major) + ":" +
         FormatNumber(rule.minor) + " " + rule.permissions;
}

}  // namespace isulad
