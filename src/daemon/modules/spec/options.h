// The meaning of the texts in a container's specification, as values: its security and its volumes,
// and checks of its process. builder.h turns them into an OCI configuration. Pure, thread-safe.
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

// The command to execute: the entrypoint, if there is one, and the arguments. Never empty once
// validated.
std::vector<std::string> CommandOf(const ProcessConfig& process);

// The privileges that the container has beyond the defaults, or lacks.
struct SecurityOptions {
  std::vector<std::string> cap_add;  // as ParseCapability writes them
  std::vector<std::string> cap_drop;
  std::vector<DeviceMapping> devices;
  std::vector<DeviceRule> device_rules;
  std::vector<Sysctl> sysctls;  // each name once
  std::vector<Ulimit> ulimits;  // each name once
  bool writable_net_sysctls = false;
  bool writable_ipc_sysctls = false;
  bool privileged = false;
  bool no_new_privileges = false;
  // kUnconfined, or a profile, JSON; empty: the default one, or none if privileged.
  std::string seccomp;
  friend bool operator==(const SecurityOptions&, const SecurityOptions&) = default;
};

struct BindMount {
  std::string source;  // absolute, clean, exists
  std::string target;  // absolute, clean
  bool read_only = false;
  std::string propagation;  // "rprivate", "private", "rslave", "slave", "rshared", "shared"
  friend bool operator==(const BindMount&, const BindMount&) = default;
};

// Reads the value of -v: SOURCE:TARGET[:MODE]. MODE is a comma-separated list of ro, rw and one
// propagation (default rprivate). The paths are cleaned. kInvalidArgument with a reason that names
// the field.
Result<BindMount> ParseVolume(std::string_view text);

// Checks that do not depend on the system: there is a command, env entries have a name, workdir is
// absolute... The message names the option as the command line spells it.
Status ValidateProcess(const ProcessConfig& process);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
