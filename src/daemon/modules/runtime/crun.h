// crun: starts fastest and takes a compiled seccomp program, but cannot start anything on a host
// with hybrid cgroups while it sees the version 2 hierarchy.
#ifndef ISULAD_DAEMON_MODULES_RUNTIME_CRUN_H_
#define ISULAD_DAEMON_MODULES_RUNTIME_CRUN_H_

#include <utility>

#include "daemon/modules/runtime/command_line.h"

namespace isulad::runtime {

class CrunRuntime final : public CommandLineRuntime {
 public:
  CrunRuntime(RuntimeConfig config, bool hybrid_cgroups)
      : CommandLineRuntime("crun", std::move(config)), hybrid_cgroups_(hybrid_cgroups) {}

  bool TakesSeccompProgram() const override { return true; }
  bool GivesTmpfsItsMode() const override { return true; }
  bool NeedsUnifiedCgroupHidden() const override { return hybrid_cgroups_; }

 private:
  bool hybrid_cgroups_;
};

}  // namespace isulad::runtime

#endif  // ISULAD_DAEMON_MODULES_RUNTIME_CRUN_H_
