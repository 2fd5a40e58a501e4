// The checks of create for what a container may do beyond the defaults, or not do.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_SECURITY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_SECURITY_H_

#include "daemon/modules/container/service.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument for an unknown capability, one that is both added and dropped, a device that is
// none, two for one path.
Result<spec::SecurityOptions> ValidateSecurity(const SecurityRequest& request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_SECURITY_H_
