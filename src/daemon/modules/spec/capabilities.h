// Linux capabilities by name and bit (capability(7)).
#ifndef ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
#define ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_

#include <cstdint>
#include <string>
#include <vector>

namespace isulad::spec {

// The set that a container gets by default; a system container's has CAP_SYS_BOOT in addition.
uint64_t DefaultCapabilities(bool system_container);
// Names ("CAP_CHOWN") of the bits, in bit order.
std::vector<std::string> CapabilityNames(uint64_t bits);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_CAPABILITIES_H_
