// What a user can ask of a container's process, resources and files: the option groups of `create`,
// as values. Stored in a container's config.json by modules/container, turned into an OCI
// configuration by builder.h.
#ifndef ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::spec {

struct ProcessOptions {
  std::vector<std::string> args;  // the command; never empty once validated
  std::vector<std::string>
      env;              // "K=V" as asked; defaults are added when the configuration is built
  std::string user;     // "", "uid", "name", "uid:gid", "name:group"
  std::string workdir;  // absolute; empty: "/"
  bool terminal = false;
  friend bool operator==(const ProcessOptions&, const ProcessOptions&) = default;
};

struct ResourceOptions {
  int64_t memory = 0;       // bytes; 0: no limit
  int64_t memory_swap = 0;  // bytes, memory and swap together; 0: not given, -1: unlimited
  int64_t nano_cpus = 0;    // 10^-9 processors; 0: no limit
  int64_t pids_limit = 0;   // 0: not given, -1: unlimited
  friend bool operator==(const ResourceOptions&, const ResourceOptions&) = default;
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

// Checks that need no system: memory at least 6 MiB where given, swap at least memory and not
// without it, cpus not above `processors`, pids limit -1 or positive, env entries with a name,
// workdir absolute... The message names the option as the command line spells it.
Status ValidateProcess(const ProcessOptions& options);
Status ValidateResources(const ResourceOptions& options, int processors);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_OPTIONS_H_
