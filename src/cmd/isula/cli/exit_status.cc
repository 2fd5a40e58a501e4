#include "cmd/isula/cli/exit_status.h"

#include <cerrno>

namespace isulad::cli {

int ExitStatusOf(const Error& error, Refusal refusal) {
  if (error.code() == Code::kUnavailable) {
    return kExitUsage;
  }
  if (refusal == Refusal::kUsage && error.system_errno() == ENOENT) {
    return kExitCommandNotFound;
  }
  if (refusal == Refusal::kUsage && error.system_errno() == EACCES) {
    return kExitNotExecutable;
  }
  return static_cast<int>(refusal);
}

}  // namespace isulad::cli
