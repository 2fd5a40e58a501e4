#include <optional>
#include <string>
#include <string_view>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/system_view.h"
#include "cmd/isula/output/template.h"

namespace isulad::commands {
namespace {

class VersionCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"format", 'f'}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "json, or a template: '{{.Client.Version}} {{.Server.Version}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kVersionCommand.name, arguments, 0);
  }

  // Without --format the client's part does not need the daemon.
  Result<int> Run(Context& context) override {
    if (!format_) {
      RETURN_IF_ERROR(context.output.Out(output::ClientVersionText(ISULAD_VERSION)));
    }
    ASSIGN_OR_RETURN(const client::ServerVersion server, context.system.Version());
    std::string text = "\n" + output::ServerVersionText(server);
    if (format_) {
      ASSIGN_OR_RETURN(text, format_->Render(output::VersionFields(ISULAD_VERSION, server)));
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

const CommandInfo kVersionCommand = {
    .name = "version",
    .arguments = "[OPTIONS]",
    .summary = "Print the versions of client and daemon",
    .make = Make<VersionCommand>,
};

}  // namespace isulad::commands
