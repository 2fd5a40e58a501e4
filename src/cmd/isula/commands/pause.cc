#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"

namespace isulad::commands {
namespace {

using Call = Status (client::ContainerClient::*)(const std::string& container);

// The two commands differ only in their call.
template <const CommandInfo& kInfo, Call kCall>
class ContainersCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kInfo.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      RETURN_IF_ERROR((context.containers.*kCall)(container));
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kPauseCommand = {
    .name = "pause",
    .arguments = "CONTAINER [CONTAINER...]",
    .summary = "Stop all processes of containers where they stand",
    .make = Make<ContainersCommand<kPauseCommand, &client::ContainerClient::Pause>>,
};

const CommandInfo kUnpauseCommand = {
    .name = "unpause",
    .arguments = "CONTAINER [CONTAINER...]",
    .summary = "Let the processes of paused containers go on",
    .make = Make<ContainersCommand<kUnpauseCommand, &client::ContainerClient::Unpause>>,
};

}  // namespace isulad::commands
