#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/passes.h"
#include "utils/base/capabilities.h"

namespace isulad::spec {

json::Object CapabilitySets(uint64_t capabilities, const Identity& identity) {
  const std::vector<std::string> names = CapabilityNames(capabilities);
  const std::vector<std::string> none;
  // The bounding set is what a set-user-ID program can still get. Root gets it from the start.
  // Nothing is inheritable, not even for root: otherwise a file with inheritable capabilities would
  // give them to any user (CVE-2022-24769).
  const std::vector<std::string>& own = identity.uid == 0 ? names : none;
  json::Object sets;
  sets.Set("bounding", names);
  sets.Set("effective", own);
  sets.Set("permitted", own);
  sets.Set("inheritable", none);
  sets.Set("ambient", none);
  return sets;
}

namespace {

// Defaults that the daemon itself lacks are left out without a warning: the user did not ask for
// them by name.
void WarnOfMissing(const Input& input, uint64_t wanted, Warnings* warnings) {
  for (const std::string& name : input.security.cap_add) {
    const uint64_t missing = CapabilityBits(name) & wanted & ~input.available_capabilities;
    if (name != kAllCapabilities && missing != 0) {
      warnings->push_back("--cap-add " + name + " has no effect: the daemon itself lacks it");
    }
  }
}

}  // namespace

void ApplyCapabilities(const Input& input, json::Object* config, Warnings* warnings) {
  const uint64_t wanted = CapabilitiesOf(input.system_container, input.security);
  WarnOfMissing(input, wanted, warnings);
  const uint64_t capabilities = wanted & input.available_capabilities;
  json::Object& process = ObjectMember(config, "process");
  process.Set("capabilities", CapabilitySets(capabilities, input.identity));
  // Set-user-ID programs (su, sudo) must work unless the user asks otherwise.
  process.Set("noNewPrivileges", input.security.no_new_privileges);
}

}  // namespace isulad::spec
