#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"

namespace isulad::commands {
namespace {

class ChannelRmCommand final : public Command {
 public:
  void Declare(cli::FlagSet&) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kChannelRmCommand.name, arguments, 2));
    container_ = arguments[0];
    host_path_ = arguments[1];
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::ChannelChange change,
                     context.channels.Remove(container_, host_path_));
    context.output.WarnOfEach(change.warnings);
    context.output.OutLine(change.id);
    return cli::kExitOk;
  }

 private:
  std::string container_;
  std::string host_path_;
};

}  // namespace

const CommandInfo kChannelRmCommand = {
    .name = "channel rm",
    .arguments = "CONTAINER HOST_PATH",
    .summary = "Take a host channel from a container",
    .make = Make<ChannelRmCommand>,
};

}  // namespace isulad::commands
