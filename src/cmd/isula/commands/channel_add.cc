#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/os/system_info.h"

namespace isulad::commands {
namespace {

class ChannelAddCommand final : public Command {
 public:
  void Declare(cli::FlagSet&) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kChannelAddCommand.name, arguments, 2));
    container_ = arguments[0];
    spec_ = arguments[1];
    // Reports a typing error before anything is sent.
    RETURN_IF_ERROR(host_channel::Parse(spec_, os::PageSize()));
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::ChannelChange change, context.channels.Add(container_, spec_));
    context.output.WarnOfEach(change.warnings);
    context.output.OutLine(change.id);
    return cli::kExitOk;
  }

 private:
  std::string container_;
  std::string spec_;
};

}  // namespace

const CommandInfo kChannelAddCommand = {
    .name = "channel add",
    .arguments = "CONTAINER HOST:CONTAINER[:[ACCESS][:[SIZE][:OPTIONS]]]",
    .summary = "Give a container one more host channel",
    .make = Make<ChannelAddCommand>,
};

}  // namespace isulad::commands
