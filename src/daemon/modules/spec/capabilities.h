// The capabilities that a container gets.
#ifndef ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
#define ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_

#include <cstdint>

#include "daemon/modules/spec/options.h"

namespace isulad::spec {

// The set that a container gets by default; a system container's has CAP_SYS_BOOT in addition.
uint64_t DefaultCapabilities(bool system_container);
// With what was asked for. With ALL in one of the two lists the other one names the exceptions.
uint64_t CapabilitiesOf(bool system_container, const SecurityOptions& options);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
