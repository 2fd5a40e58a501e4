// Reads the texts of a specification. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_READ_SPEC_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_READ_SPEC_H_

#include <cstdint>

#include "daemon/modules/container/container_config.h"
#include "utils/base/result.h"

namespace isulad::container {

// The configuration for `spec`, without id, name and creation time. Paths in it that are the
// container's own are cleaned; sizes are whole pages of `page_size` bytes. kInvalidArgument, with
// the name of the flag, for whatever is invalid on any machine; create checks the rest.
Result<ContainerConfig> ReadSpec(spec::ContainerSpec spec, uint64_t page_size);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_READ_SPEC_H_
