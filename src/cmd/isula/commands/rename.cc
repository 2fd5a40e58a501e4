#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"

namespace isulad::commands {
namespace {

class RenameCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kRenameCommand.name, arguments, 2));
    container_ = arguments[0];
    name_ = arguments[1];
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    RETURN_IF_ERROR(context.containers.Rename(container_, name_));
    return cli::kExitOk;
  }

 private:
  std::string container_;
  std::string name_;
};

}  // namespace

const CommandInfo kRenameCommand = {
    .name = "rename",
    .arguments = "CONTAINER NAME",
    .summary = "Give a container another name",
    .make = Make<RenameCommand>,
};

}  // namespace isulad::commands
