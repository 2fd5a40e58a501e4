#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "utils/os/system_info.h"

namespace isulad::commands {
namespace {

class ChannelResizeCommand final : public Command {
 public:
  void Declare(cli::FlagSet&) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kChannelResizeCommand.name, arguments, 3));
    container_ = arguments[0];
    host_path_ = arguments[1];
    size_ = arguments[2];
    // Reports a typing error before anything is sent.
    RETURN_IF_ERROR(host_channel::ParseSize(size_, os::PageSize()));
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::ChannelChange change,
                     context.channels.Resize(container_, host_path_, size_));
    context.output.WarnOfEach(change.warnings);
    context.output.OutLine(change.id);
    return cli::kExitOk;
  }

 private:
  std::string container_;
  std::string host_path_;
  std::string size_;
};

}  // namespace

const CommandInfo kChannelResizeCommand = {
    .name = "channel resize",
    .arguments = "CONTAINER HOST_PATH SIZE",
    .summary = "Change the size of a host channel",
    .make = Make<ChannelResizeCommand>,
};

}  // namespace isulad::commands
