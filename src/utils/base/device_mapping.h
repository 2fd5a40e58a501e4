// A host device made available to a container: the value of --device. Pure, thread-safe.
#ifndef ISULAD_UTILS_BASE_DEVICE_MAPPING_H_
#define ISULAD_UTILS_BASE_DEVICE_MAPPING_H_

#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad {

struct DeviceMapping {
  std::string path_on_host;       // absolute, clean
  std::string path_in_container;  // absolute, clean, beneath /dev
  std::string permissions;        // some of "rwm", in this order
  friend bool operator==(const DeviceMapping&, const DeviceMapping&) = default;
};

// Reads HOST[:CONTAINER[:PERMISSIONS]]; CONTAINER defaults to HOST and PERMISSIONS to rwm.
// kInvalidArgument with the reason. Does not check that HOST is a device.
Result<DeviceMapping> ParseDeviceMapping(std::string_view text);
// The path of a device in a container, cleaned. kInvalidArgument if it does not lie beneath /dev,
// or is one that every container has.
Result<std::string> ParseDevicePathInContainer(std::string_view text);
// All three fields, as ParseDeviceMapping reads them.
std::string FormatDeviceMapping(const DeviceMapping& mapping);

}  // namespace isulad

#endif  // ISULAD_UTILS_BASE_DEVICE_MAPPING_H_
