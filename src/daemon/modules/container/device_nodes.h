// Looks up the host's devices that a container is to have.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_

#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/spec/builder.h"
#include "utils/base/device_mapping.h"
#include "utils/base/result.h"

namespace isulad::container {

// The devices as they are now: a device number can change with the next boot. Symbolic links in a
// path are the administrator's responsibility. kInvalidArgument if a path does not exist or is not
// a device.
Result<std::vector<spec::DeviceNode>> LookAtDevices(const std::vector<DeviceMapping>& devices);

// Like LookAtDevices(), but for the block devices whose rate `limits` bounds. kInvalidArgument for
// a partition, too.
Result<std::vector<spec::DeviceRateNode>> LookAtRates(const spec::ResourceLimits& limits);

// The devices that a container gets: those the user asked for and, with --privileged, all that the
// host has now, except at paths that are taken by something else.
Result<std::vector<spec::DeviceNode>> DevicesOf(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_DEVICE_NODES_H_
