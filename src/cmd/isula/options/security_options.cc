#include "cmd/isula/options/security_options.h"

#include <string>
#include <string_view>

#include "cmd/isula/options/setters.h"
#include "utils/base/capabilities.h"
#include "utils/base/device_mapping.h"
#include "utils/base/device_rule.h"
#include "utils/base/limit_text.h"
#include "utils/base/security_option.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::options {
namespace {

using client::containers_v1::SecurityConfig;

// Sends the daemon the text of a profile, not the name of a file, which it may not be able to see.
Status AddSecurityOption(std::string_view text, SecurityConfig& security) {
  ASSIGN_OR_RETURN(const SecurityOption option, ParseSecurityOption(text));
  if (option.kind == SecurityOptionKind::kSeccomp && option.seccomp != kUnconfined) {
    ASSIGN_OR_RETURN(const std::string profile, os::ReadFile(option.seccomp));
    security.add_security_opts("seccomp=" + profile);
  } else {
    security.add_security_opts(std::string(text));
  }
  return OkStatus();
}

}  // namespace

void AddSecurityFlags(cli::FlagSet& flags, SecurityConfig* security) {
  flags.AddValues({"cap-add"}, Append(security->mutable_cap_add(), ParseCapability),
                  {"NAME", "Give it a capability, or ALL (repeatable)"});
  flags.AddValues({"cap-drop"}, Append(security->mutable_cap_drop(), ParseCapability),
                  {"NAME", "Take a capability from it, or ALL (repeatable)"});
  flags.AddValues({"device"}, Append(security->mutable_devices(), ParseDeviceMapping),
                  {"HOST[:CONTAINER[:rwm]]", "Give it a device of the host (repeatable)"});
  flags.AddValues({"device-cgroup-rule"},
                  Append(security->mutable_device_cgroup_rules(), ParseDeviceRule),
                  {"'TYPE MAJOR:MINOR rwm'",
                   "Let it use devices by number: c, b or a, * for any (repeatable)"});
  flags.AddValues({"sysctl"}, Append(security->mutable_sysctls(), ParseSysctl),
                  {"NAME=VALUE", "Set a sysctl of its namespaces, such as net.* (repeatable)"});
  flags.AddValues({"ns-change-opt"},
                  [security](std::string_view text) -> Status {
                    for (const std::string_view name : Split(text, ',')) {
                      if (name != "net" && name != "ipc") {
                        return InvalidArgument("must be net, ipc or both: net,ipc");
                      }
                      security->add_writable_sysctls(std::string(name));
                    }
                    return OkStatus();
                  },
                  {"NAMESPACE[,...]", "Let it write the sysctls of its namespaces: net, ipc"});
  flags.AddSwitch({"privileged"}, Into(security, &SecurityConfig::set_privileged),
                  "Keep nothing from it: all capabilities and devices, no seccomp profile");
  flags.AddValues({"security-opt"},
                  [security](std::string_view text) { return AddSecurityOption(text, *security); },
                  {"OPTION",
                   "seccomp=unconfined, seccomp=FILE (a profile, JSON), no-new-privileges "
                   "(repeatable)"});
  flags.AddValues({"ulimit"}, Append(security->mutable_ulimits(), ParseUlimit),
                  {"NAME=SOFT[:HARD]", "Limit each process, nofile=1024 for one (repeatable)"});
}

}  // namespace isulad::options
