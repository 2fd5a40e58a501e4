#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"
#include "cmd/isula/options/stop_options.h"

namespace isulad::commands {
namespace {

class RestartCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override { options::AddStopTimeFlag(flags, &seconds_); }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kRestartCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      ASSIGN_OR_RETURN(const std::vector<std::string> warnings,
                       context.containers.Restart(container, seconds_));
      context.output.WarnOfEach(warnings);
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  int seconds_ = options::kDefaultStopSeconds;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kRestartCommand = {
    .name = "restart",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop containers and start them again",
    .make = Make<RestartCommand>,
};

}  // namespace isulad::commands
