#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"
#include "cmd/isula/options/stop_options.h"

namespace isulad::commands {
namespace {

class StopCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    options::AddStopTimeFlag(flags, &seconds_);
    flags.AddSwitch({"force", 'f'}, &force_, "Kill it at once");
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kStopCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      RETURN_IF_ERROR(context.containers.Stop(container, seconds_, force_));
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  int seconds_ = options::kDefaultStopSeconds;
  bool force_ = false;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kStopCommand = {
    .name = "stop",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop containers",
    .make = Make<StopCommand>,
};

}  // namespace isulad::commands
