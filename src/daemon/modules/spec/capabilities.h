// The capabilities of a container.
#ifndef ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
#define ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_

#include <cstdint>

#include "daemon/modules/spec/options.h"

namespace isulad::spec {

// The default set; a system container has CAP_SYS_BOOT in addition.
uint64_t DefaultCapabilities(bool system_container);
// The set with the user's options applied. With ALL in one of the two lists, the other one names
// the exceptions.
uint64_t CapabilitiesOf(bool system_container, const SecurityOptions& options);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
