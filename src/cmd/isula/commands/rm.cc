#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"

namespace isulad::commands {
namespace {

class RmCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"force", 'f'}, &force_,
                    "Kill a running one; forget a channel that cannot be removed");
    flags.AddSwitch({"volumes", 'v'}, &volumes_,
                    "Taken for the sake of scripts, and changes nothing: containers have no "
                    "anonymous volumes");
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kRmCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      ASSIGN_OR_RETURN(const client::Removed removed, context.containers.Remove(container, force_));
      context.output.WarnOfEach(removed.notices);
      context.output.OutLine(removed.id);
      return OkStatus();
    });
  }

 private:
  bool force_ = false;
  bool volumes_ = false;  // ignored, see its help
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kRmCommand = {
    .name = "rm",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Remove containers and their channels",
    .make = Make<RmCommand>,
};

}  // namespace isulad::commands
