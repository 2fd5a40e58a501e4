#include "cmd/isula/commands/logs.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "cmd/isula/cli/arguments.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

constexpr int64_t kAll = -1;

class LogsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddValue({"tail"}, [this](std::string_view text) { return SetTail(text); },
                   {"LINES", "Only the last so many lines, or all (default: all)"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kLogsCommand.name, arguments, 1));
    container_ = arguments.front();
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    const client::LogSink sink = [&context](client::LogChunk chunk) -> Status {
      RETURN_IF_ERROR(context.output.Out(chunk.out));
      return context.output.Err(chunk.err);
    };
    RETURN_IF_ERROR(context.containers.Logs(container_, tail_, sink));
    return cli::kExitOk;
  }

 private:
  Status SetTail(std::string_view text) {
    if (text == "all") {
      tail_ = kAll;
      return OkStatus();
    }
    const std::optional<uint64_t> lines = ParseUint64(text);
    if (!lines || *lines > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return InvalidArgument("must be a whole number of lines, or \"all\"");
    }
    tail_ = static_cast<int64_t>(*lines);
    return OkStatus();
  }

  int64_t tail_ = kAll;
  std::string container_;
};

}  // namespace

const CommandInfo kLogsCommand = {
    .name = "logs",
    .arguments = "[OPTIONS] CONTAINER",
    .summary = "Print what a container has written",
    .make = Make<LogsCommand>,
};

}  // namespace isulad::commands
