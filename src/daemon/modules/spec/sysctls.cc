#include "daemon/modules/spec/passes.h"

namespace isulad::spec {

void ApplySysctls(const Input& input, json::Object* config) {
  if (input.security.sysctls.empty()) {
    return;
  }
  json::Object sysctls;
  for (const Sysctl& sysctl : input.security.sysctls) {
    sysctls.Set(sysctl.name, sysctl.value);
  }
  ObjectMember(config, "linux").Set("sysctl", std::move(sysctls));
}

// /proc/sys is bound over itself, read-only, either before such hooks run (crun) or after, which
// takes the mounts in it along (runc): in both cases the mounts of a hook there stay writable. The
// hook is in the container's namespaces: a sysctl of a namespace is looked up in the namespace of
// the process that opens it. (A mount in the configuration would be looked up by the host, and runc
// accepts none in /proc.)
void UnlockSysctls(const Input& input, json::Object* config) {
  const SecurityOptions& security = input.security;
  if (!security.writable_net_sysctls && !security.writable_ipc_sysctls) {
    return;
  }
  json::Array args = {"isulad-shim", "--unlock-sysctls", input.rootfs};
  if (security.writable_net_sysctls) {
    args.emplace_back("net");
  }
  if (security.writable_ipc_sysctls) {
    args.emplace_back("ipc");
  }
  AddOwnHook(input, std::move(args), config);
}

}  // namespace isulad::spec
