// What the texts of a container's specification mean, as values: its security and its volumes, and
// checks of its process. Turned into an OCI configuration by builder.h. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/container_spec.h"
#include "utils/base/device_mapping.h"
#include "utils/base/device_rule.h"
#include "utils/base/limit_text.h"
#include "utils/base/result.h"
#include "utils/base/security_option.h"

namespace isulad::spec {

// What is executed: the entrypoint, where there is one, and the arguments. Never empty once
// validated.
std::vector<std::string> CommandOf(const ProcessConfig& process);

// What the container may do beyond the defaults, or not do.
struct SecurityOptions {
  std::vector<std::string> cap_add;  // as ParseCapability writes them
  std::vector<std::string> cap_drop;
  std::vector<DeviceMapping> devices;
  std::vector<DeviceRule> device_rules;
  std::vector<Sysctl> sysctls;  // a name once
  std::vector<Ulimit> ulimits;  // a name once
  bool writable_net_sysctls = false;
  bool writable_ipc_sysctls = false;
  bool privileged = false;
  bool no_new_privileges = false;
  std::string
      seccomp;  // kUnconfined, or a profile, JSON; empty: the default one, or none if privileged
  friend bool operator==(const SecurityOptions&, const SecurityOptions&) = default;
};

struct BindMount {
  std::string source;  // absolute, clean, exists
  std::string target;  // absolute, clean
  bool read_only = false;
  std::string propagation;  // "rprivate", "private", "rslave", "slave", "rshared", "shared"
  friend bool operator==(const BindMount&, const BindMount&) = default;
};

// Reads the value of -v: SOURCE:TARGET[:MODE], MODE a comma list of ro, rw and one propagation
// (default rprivate). The paths are cleaned. kInvalidArgument with a reason that names the field.
Result<BindMount> ParseVolume(std::string_view text);

// Checks that need no system: a command, env entries with a name, workdir absolute... The message
// names the option as the command line spells it.
Status ValidateProcess(const ProcessConfig& process);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
