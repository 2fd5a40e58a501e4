// The part of a specification that is about what a container may do beyond the defaults, or not do.
// Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_

#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument, by the name of the flag, for an unknown capability, one that is both added and
// dropped, two devices for one path and their like. What is a device and what a profile is left to
// the caller.
Result<spec::SecurityOptions> ReadSecurity(const spec::SecurityConfig& texts);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_
