// The part of a specification that allows a container more, or less, than the defaults. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_

#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/result.h"

namespace isulad::container {

// kInvalidArgument, with the name of the flag, for an unknown capability, one that is both added
// and dropped, two devices at one path, and the like. Checking that a device is a device and a
// profile a profile is left to the caller.
Result<spec::SecurityOptions> ReadSecurity(const spec::SecurityConfig& texts);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_READ_SECURITY_H_
