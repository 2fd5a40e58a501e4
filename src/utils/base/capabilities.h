// Linux capabilities by name and bit (capability(7)). Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_CAPABILITIES_H_
#define ISULAD_UTILS_BASE_CAPABILITIES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

// The name for all capabilities in --cap-add and --cap-drop.
inline constexpr std::string_view kAllCapabilities = "ALL";

// The names ("CAP_CHOWN") of the bits set in `bits`, in bit order.
std::vector<std::string> CapabilityNames(uint64_t bits);

// "net_admin", "CAP_NET_ADMIN" -> "CAP_NET_ADMIN"; "all" -> "ALL". kInvalidArgument for an unknown
// name.
Result<std::string> ParseCapability(std::string_view text);

// The bits of a name as returned by ParseCapability; 0 for any other text.
uint64_t CapabilityBits(std::string_view name);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_CAPABILITIES_H_
