// Linux capabilities by name and bit (capability(7)). Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_CAPABILITIES_H_
#define ISULAD_UTILS_BASE_CAPABILITIES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad {

// What stands for all of them in --cap-add and --cap-drop.
inline constexpr std::string_view kAllCapabilities = "ALL";

// Names ("CAP_CHOWN") of the bits, in bit order.
std::vector<std::string> CapabilityNames(uint64_t bits);

// "net_admin", "CAP_NET_ADMIN" -> "CAP_NET_ADMIN"; "all" -> "ALL". kInvalidArgument for a name that
// is none.
Result<std::string> ParseCapability(std::string_view text);

// The bits of a name as ParseCapability writes it; 0 for any other text.
uint64_t CapabilityBits(std::string_view name);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_CAPABILITIES_H_
