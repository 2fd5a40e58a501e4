#include <optional>
#include <string>
#include <string_view>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/system_view.h"
#include "cmd/isula/output/template.h"

namespace isulad::commands {
namespace {

class InfoCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"format", 'f'}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "json, or a template: '{{.CgroupLayout}} {{.HostChannelsMax}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kInfoCommand.name, arguments, 0);
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::SystemInfo info, context.system.Info());
    std::string text = output::InfoText(info);
    if (format_) {
      ASSIGN_OR_RETURN(text, format_->Render(output::InfoFields(info)));
      text.push_back('\n');
    }
    RETURN_IF_ERROR(context.output.Out(text));
    return cli::kExitOk;
  }

 private:
  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_, output::Template::ParseFormat(text));
    return OkStatus();
  }

  std::optional<output::Template> format_;
};

}  // namespace

const CommandInfo kInfoCommand = {
    .name = "info",
    .arguments = "[OPTIONS]",
    .summary = "Show the daemon and its machine",
    .make = Make<InfoCommand>,
};

}  // namespace isulad::commands
