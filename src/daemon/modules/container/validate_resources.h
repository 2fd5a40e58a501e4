// The checks of create and update for limits, against what this machine has.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_

#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/container_spec.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument, with the name of the option, if a value is invalid, or if this machine's kernel
// or cgroup layout lacks what the option needs.
Status CheckLimits(const Context& context, const spec::ResourceLimits& limits);

// Like CheckLimits(), but for a container that is to be created: also checks what no update can
// change, and what each start checks again.
Status CheckNewLimits(const Context& context, const spec::ResourceLimits& limits);

// Fills in the page size in each limit of huge pages. kInvalidArgument if this machine has no pages
// of that size.
Status ResolveHugetlb(spec::ResourceLimits& limits);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_RESOURCES_H_
