#include "cmd/isula/commands/stop.h"

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/for_each.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

constexpr int kDefaultSeconds = 10;

class StopCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"time", 't'}, [this](std::string_view text) { return SetSeconds(text); },
                   {"SECONDS", "Time until it is killed; -1: never (default: 10)"});
    flags.AddSwitch({"force", 'f'}, &force_, "Kill it at once");
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kStopCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      RETURN_IF_ERROR(context.containers.Stop(container, seconds_, force_));
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  Status SetSeconds(std::string_view text) {
    const std::optional<int64_t> seconds = ParseInt64(text);
    if (!seconds || *seconds < -1 || *seconds > std::numeric_limits<int32_t>::max()) {
      return InvalidArgument("must be a whole number of seconds, or -1 for no limit");
    }
    seconds_ = static_cast<int>(*seconds);
    return OkStatus();
  }

  int seconds_ = kDefaultSeconds;
  bool force_ = false;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kStopCommand = {
    .name = "stop",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Stop containers",
    .make = Make<StopCommand>,
};

}  // namespace isulad::commands
