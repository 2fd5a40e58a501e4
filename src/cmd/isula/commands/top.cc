#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"

namespace isulad::commands {
namespace {

class TopCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireAtLeast(kTopCommand.name, arguments, 1));
    container_ = arguments.front();
    ps_arguments_.assign(arguments.begin() + 1, arguments.end());
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const std::vector<std::string> lines,
                     context.containers.Top(container_, ps_arguments_));
    for (const std::string& line : lines) {
      context.output.OutLine(line);
    }
    return cli::kExitOk;
  }

 private:
  std::string container_;
  std::vector<std::string> ps_arguments_;
};

}  // namespace

const CommandInfo kTopCommand = {
    .name = "top",
    .arguments = "CONTAINER [PS_ARGUMENT...]",
    .summary = "Show the processes of a container, as the host's ps does",
    .stop = cli::FlagSet::Stop::kAtFirstArgument,
    .make = Make<TopCommand>,
};

}  // namespace isulad::commands
