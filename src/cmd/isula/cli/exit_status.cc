#include "cmd/isula/cli/exit_status.h"

namespace isulad::cli {

int ExitStatusOf(const Error& error, Refusal refusal) {
  if (error.code() == Code::kUnavailable) {
    return kExitUsage;
  }
  if (refusal == Refusal::kUsage && error.exit_code() != 0) {
    return error.exit_code();
  }
  return static_cast<int>(refusal);
}

}  // namespace isulad::cli
