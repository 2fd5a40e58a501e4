// What may be done with a device, as the cgroup controllers and the runtime specification write it.
// Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_
#define ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

// read, write, mknod: all of them, in the order in which they are written.
inline constexpr std::string_view kAllDevicePermissions = "rwm";

// Some of them, each once, in any order; given back in theirs. kInvalidArgument with the reason.
Result<std::string> ParseDevicePermissions(std::string_view text);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEVICE_PERMISSIONS_H_
