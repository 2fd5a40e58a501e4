// What a user can ask of a container's process, resources and files: the option groups of `create`,
// as values. Stored in a container's config.json by modules/container, turned into an OCI
// configuration by builder.h.
#ifndef ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/resource_options.h"
#include "utils/base/device_mapping.h"
#include "utils/base/device_rule.h"
#include "utils/base/limit_text.h"
#include "utils/base/result.h"
#include "utils/base/security_option.h"

namespace isulad::spec {

struct ProcessOptions {
  std::vector<std::string> args;  // the command; never empty once validated
  std::vector<std::string>
      env;              // "K=V" as asked; defaults are added when the configuration is built
  std::string user;     // "", "uid", "name", "uid:gid", "name:group"
  std::string workdir;  // absolute; empty: "/"
  bool terminal = false;
  std::vector<std::string> group_add{};  // further groups: names, or numbers
  friend bool operator==(const ProcessOptions&, const ProcessOptions&) = default;
};

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
Status ValidateProcess(const ProcessOptions& options);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
