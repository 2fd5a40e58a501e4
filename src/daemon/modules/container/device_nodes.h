// Looks at devices of the host that a container is to have.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_

#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/spec/builder.h"
#include "utils/base/device_mapping.h"
#include "utils/base/result.h"

namespace isulad::container {

// What they are now: a number can change with the next boot. Links in a path are the
// administrator's business. kInvalidArgument where one is missing, or is no device.
Result<std::vector<spec::DeviceNode>> LookAtDevices(const std::vector<DeviceMapping>& devices);

// The same of block devices whose rate `limits` bounds: kInvalidArgument for a partition, too.
Result<std::vector<spec::DeviceRateNode>> LookAtRates(const spec::ResourceLimits& limits);

// What a container gets: those that were asked for, and with --privileged all that the host has
// now, but where something else is to be.
Result<std::vector<spec::DeviceNode>> DevicesOf(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_
