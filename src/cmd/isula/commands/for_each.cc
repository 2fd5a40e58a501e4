#include "cmd/isula/commands/for_each.h"

#include "cmd/isula/cli/exit_status.h"

namespace isulad::commands {

Result<int> ForEach(const std::vector<std::string>& containers, output::Output& output,
                    const std::function<Status(const std::string& container)>& action) {
  int exit_status = cli::kExitOk;
  for (const std::string& container : containers) {
    Status done = action(container);
    if (done) {
      continue;
    }
    if (containers.size() == 1 || done.error().code() == Code::kUnavailable) {
      return std::move(done).error();
    }
    output.Failure(done.error().message());
    exit_status = cli::kExitFailure;
  }
  return exit_status;
}

}  // namespace isulad::commands
