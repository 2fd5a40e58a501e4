#include <optional>
#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/channel_view.h"
#include "cmd/isula/output/id_lines.h"
#include "cmd/isula/output/row_format.h"

namespace isulad::commands {
namespace {

Result<output::RowFormat> ParseFormat(std::string_view text) {
  return output::RowFormat::Parse(text, output::kChannelColumns, output::ChannelTitles());
}

class ChannelLsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"quiet", 'q'}, &quiet_, "Only the ids");
    flags.AddSwitch({"no-trunc"}, &whole_, "Show ids at full length");
    flags.AddValue({"format"}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "table [TEMPLATE], json, or a template: '{{.HostPath}} {{.Used}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireAtMost(kChannelLsCommand.name, arguments, 1));
    if (!arguments.empty()) {
      container_ = arguments.front();
    }
    if (!format_) {
      ASSIGN_OR_RETURN(format_, ParseFormat(""));
    }
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const std::vector<client::Channel> channels,
                     context.channels.List(container_));
    if (quiet_) {
      RETURN_IF_ERROR(context.output.Out(output::IdLines(channels, !whole_)));
      return cli::kExitOk;
    }
    std::vector<json::Object> rows;
    for (const client::Channel& channel : channels) {
      rows.push_back(output::ChannelFields(channel, !whole_));
    }
    ASSIGN_OR_RETURN(const std::string text, format_->Render(rows, context.output.PaintsOut()));
    RETURN_IF_ERROR(context.output.Out(text));
    return cli::kExitOk;
  }

 private:
  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_, ParseFormat(text));
    return OkStatus();
  }

  bool quiet_ = false;
  bool whole_ = false;
  std::string container_;
  std::optional<output::RowFormat> format_;
};

}  // namespace

const CommandInfo kChannelLsCommand = {
    .name = "channel ls",
    .arguments = "[OPTIONS] [CONTAINER]",
    .summary = "List host channels and how full they are",
    .make = Make<ChannelLsCommand>,
};

}  // namespace isulad::commands
