// The checks of create and update for limits, against what this machine has.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::container {

// The whole of what was asked for. kInvalidArgument, by the name of the option, where a value
// cannot be, or where this machine's kernel or cgroup layout lacks what it needs.
Result<spec::ResourceOptions> ValidateLimits(const Context& context,
                                             const spec::ResourceOptions& numbers,
                                             const LimitTexts& texts);

// The part of it that an update can change.
Status CheckLimits(const Context& context, const spec::ResourceOptions& options);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
