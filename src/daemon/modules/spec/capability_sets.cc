#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/passes.h"

namespace isulad::spec {

json::Object CapabilitySets(uint64_t capabilities, const Identity& identity) {
  const std::vector<std::string> names = CapabilityNames(capabilities);
  const std::vector<std::string> none;
  // The bounding set is what a set-user-ID program can still get. Root gets it from the start.
  // Nothing is inheritable, for root neither: else a file with inheritable capabilities would hand
  // them to any user (CVE-2022-24769).
  const std::vector<std::string>& own = identity.uid == 0 ? names : none;
  json::Object sets;
  sets.Set("bounding", names);
  sets.Set("effective", own);
  sets.Set("permitted", own);
  sets.Set("inheritable", none);
  sets.Set("ambient", none);
  return sets;
}

void ApplyCapabilities(const Input& input, json::Object* config) {
  // Defaults that the daemon itself lacks are left out without a word: nobody asked for them by
  // name.
  const uint64_t capabilities =
      DefaultCapabilities(input.system_container) & input.available_capabilities;
  json::Object& process = ObjectMember(config, "process");
  process.Set("capabilities", CapabilitySets(capabilities, input.identity));
  process.Set("noNewPrivileges", false);  // set-user-ID programs (su, sudo) are to work
}

}  // namespace isulad::spec
