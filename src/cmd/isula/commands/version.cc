#include "cmd/isula/commands/version.h"

#include <string>
#include <string_view>

#include "cmd/isula/cli/arguments.h"

namespace isulad::commands {
namespace {

std::string Line(std::string_view key, std::string_view value) {
  std::string line = "  ";
  line.append(key).append(":");
  line.resize(16, ' ');
  return line.append(value);
}

class VersionCommand final : public Command {
 public:
  void Declare(cli::FlagSet& /*flags*/) override {}

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kVersionCommand.name, arguments, 0);
  }

  // The client's part does not need the daemon.
  Result<int> Run(Context& context) override {
    output::Output& output = context.output;
    output.OutLine("Client:");
    output.OutLine(Line("Version", ISULAD_VERSION));
    ASSIGN_OR_RETURN(const client::ServerVersion server, context.system.Version());
    output.OutLine("\nServer:");
    output.OutLine(Line("Version", server.version));
    if (!server.git_commit.empty()) {
      output.OutLine(Line("Git commit", server.git_commit));
    }
    output.OutLine(Line("API version", server.api_version));
    return cli::kExitOk;
  }
};

}  // namespace

const CommandInfo kVersionCommand = {
    .name = "version",
    .arguments = "",
    .summary = "Print the versions of client and daemon",
    .make = Make<VersionCommand>,
};

}  // namespace isulad::commands
