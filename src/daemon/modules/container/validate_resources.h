// The checks of create and update for limits, against what this machine has.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_

#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/container_spec.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument, by the name of the option, where a value cannot be, or where this machine's
// kernel or cgroup layout lacks what it needs.
Status CheckLimits(const Context& context, const spec::ResourceLimits& limits);

// The same of a container that is to be created: also of what no update can change, and each start
// looks at again.
Status CheckNewLimits(const Context& context, const spec::ResourceLimits& limits);

// Names the size of the pages in each limit of huge pages. kInvalidArgument where this machine has
// none of that size.
Status ResolveHugetlb(spec::ResourceLimits& limits);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
