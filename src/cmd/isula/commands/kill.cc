#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"
#include "utils/base/signals.h"

namespace isulad::commands {
namespace {

class KillCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"signal", 's'}, [this](std::string_view text) { return SetSignal(text); },
                   {"SIGNAL", "What to send, name or number (default: KILL)"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kKillCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      RETURN_IF_ERROR(context.containers.Kill(container, signal_));
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  Status SetSignal(std::string_view text) {
    RETURN_IF_ERROR(ParseSignal(text));
    signal_ = text;
    return OkStatus();
  }

  std::string signal_ = "SIGKILL";
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kKillCommand = {
    .name = "kill",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Send a signal to containers",
    .make = Make<KillCommand>,
};

}  // namespace isulad::commands
