#include "daemon/modules/spec/capabilities.h"

#include <linux/capability.h>

#include <string>
#include <vector>

#include "utils/base/capabilities.h"

namespace isulad::spec {
namespace {

constexpr uint64_t Bit(int capability) { return uint64_t{1} << capability; }

constexpr uint64_t kDefault =
    Bit(CAP_CHOWN) | Bit(CAP_DAC_OVERRIDE) | Bit(CAP_FSETID) | Bit(CAP_FOWNER) | Bit(CAP_MKNOD) |
    Bit(CAP_NET_RAW) | Bit(CAP_SETGID) | Bit(CAP_SETUID) | Bit(CAP_SETFCAP) | Bit(CAP_SETPCAP) |
    Bit(CAP_NET_BIND_SERVICE) | Bit(CAP_SYS_CHROOT) | Bit(CAP_KILL) | Bit(CAP_AUDIT_WRITE);

}  // namespace

uint64_t DefaultCapabilities(bool system_container) {
  // An init's reboot(2) acts on its own pid namespace only: it ends the container.
  return system_container ? kDefault | Bit(CAP_SYS_BOOT) : kDefault;
}

uint64_t CapabilitiesOf(bool system_container, const SecurityOptions& options) {
  const auto bits_of = [](const std::vector<std::string>& names) {
    uint64_t bits = 0;
    for (const std::string& name : names) {
      bits |= CapabilityBits(name);
    }
    return bits;
  };
  const uint64_t all = CapabilityBits(kAllCapabilities);
  const uint64_t added = bits_of(options.cap_add);
  const uint64_t dropped = bits_of(options.cap_drop);
  // ALL is then the rule, and a name in the other option is an exception to it.
  if (dropped == all) {
    return added;
  }
  const uint64_t rule = options.privileged ? all : DefaultCapabilities(system_container);
  return (rule | added) & ~dropped;
}

}  // namespace isulad::spec
