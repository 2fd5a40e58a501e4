// runc: the reference implementation.
#ifndef ISULAD_DAEMON_MODULES_RUNTIME_RUNC_H_
#define ISULAD_DAEMON_MODULES_RUNTIME_RUNC_H_

#include <utility>

#include "daemon/modules/runtime/command_line.h"

namespace isulad::runtime {

class RuncRuntime final : public CommandLineRuntime {
 public:
  explicit RuncRuntime(RuntimeConfig config) : CommandLineRuntime("runc", std::move(config)) {}

  bool TakesSeccompProgram() const override { return false; }
  bool GivesTmpfsItsMode() const override { return false; }
  bool NeedsUnifiedCgroupHidden() const override { return false; }
};

}  // namespace isulad::runtime

#endif  // ISULAD_DAEMON_MODULES_RUNTIME_RUNC_H_
