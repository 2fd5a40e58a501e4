#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "utils/base/moment.h"
#include "utils/base/strings.h"
#include "utils/os/local_time.h"

namespace isulad::commands {
namespace {

constexpr int64_t kAll = -1;

class LogsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"follow", 'f'}, &options_.follow,
                    "Go on with what is written, until the container ends");
    flags.AddValue({"tail", 'n'}, [this](std::string_view text) { return SetTail(text); },
                   {"LINES", "Only the last so many lines, or all (default: all)"});
    flags.AddSwitch({"timestamps", 't'}, &options_.timestamps, "Put the time before each line");
    flags.AddValue(
        {"since"}, [this](std::string_view text) { return Set(text, since_); },
        {"TIME", "Only what was written then or later (such as 2026-01-02T03:04:05Z or 10m)"});
    flags.AddValue({"until"}, [this](std::string_view text) { return Set(text, until_); },
                   {"TIME", "Only what was written up to then"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kLogsCommand.name, arguments, 1));
    options_.container = arguments.front();
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    const Timestamp now = context.clock.Now();
    options_.since = since_ ? since_->At(now).nanoseconds : 0;
    options_.until = until_ ? until_->At(now).nanoseconds : 0;
    const client::LogSink sink = [&context](client::LogChunk chunk) -> Status {
      if (!chunk.notice.empty()) {
        context.output.Warn(chunk.notice);
      }
      RETURN_IF_ERROR(context.output.Out(chunk.out));
      return context.output.Err(chunk.err);
    };
    RETURN_IF_ERROR(context.containers.Logs(options_, sink));
    return cli::kExitOk;
  }

 private:
  Status SetTail(std::string_view text) {
    if (text == "all") {
      options_.tail = kAll;
      return OkStatus();
    }
    const std::optional<uint64_t> lines = ParseUint64(text);
    if (!lines || *lines > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return InvalidArgument("must be a whole number of lines, or \"all\"");
    }
    options_.tail = static_cast<int64_t>(*lines);
    return OkStatus();
  }
  static Status Set(std::string_view text, std::optional<Moment>& moment) {
    ASSIGN_OR_RETURN(moment, ParseMoment(text, os::UtcOfLocal));
    return OkStatus();
  }

  client::LogsOptions options_;
  std::optional<Moment> since_;
  std::optional<Moment> until_;
};

}  // namespace

const CommandInfo kLogsCommand = {
    .name = "logs",
    .arguments = "[OPTIONS] CONTAINER",
    .summary = "Print what a container has written",
    .make = Make<LogsCommand>,
};

}  // namespace isulad::commands
