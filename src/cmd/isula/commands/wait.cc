#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"

namespace isulad::commands {
namespace {

class WaitCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kWaitCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      ASSIGN_OR_RETURN(const int exit_code, context.containers.Wait(container));
      context.output.OutLine(std::to_string(exit_code));
      return OkStatus();
    });
  }

 private:
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kWaitCommand = {
    .name = "wait",
    .arguments = "CONTAINER [CONTAINER...]",
    .summary = "Wait for containers to end and print their exit status",
    .make = Make<WaitCommand>,
};

}  // namespace isulad::commands
