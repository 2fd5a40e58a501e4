// Permissions on a device, as the cgroup controllers and the runtime specification write them.
// Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_
#define ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// All permissions (read, write, mknod), in the order in which they are written.
inline constexpr std::string_view kAllDevicePermissions = "rwm";

// Reads one or more permissions, each once, in any order; returns them in the order above.
// kInvalidArgument with the reason.
Result<std::string> ParseDevicePermissions(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_
