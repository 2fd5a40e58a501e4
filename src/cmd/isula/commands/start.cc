#include <memory>
#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"
#include "cmd/isula/options/stream_options.h"
#include "cmd/isula/terminal/foreground.h"
#include "cmd/isula/terminal/window_size.h"

namespace isulad::commands {
namespace {

class StartCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"attach", 'a'}, &attach_, "Show its output and wait for its end");
    flags.AddSwitch({"interactive", 'i'}, &interactive_, "Attach, and forward standard input");
    options::AddDetachKeysFlag(flags, &detach_keys_);
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireAtLeast(kStartCommand.name, arguments, 1));
    if (Attached() && arguments.size() > 1) {
      return InvalidArgument("only one container can be started and attached at once");
    }
    containers_ = arguments;
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    if (Attached()) {
      return StartAttached(context);
    }
    return ForEach(containers_, context.output, [&context](const std::string& container) -> Status {
      ASSIGN_OR_RETURN(const std::vector<std::string> warnings,
                       context.containers.Start(container));
      context.output.WarnOfEach(warnings);
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  bool Attached() const { return attach_ || interactive_; }

  Result<int> StartAttached(Context& context) {
    client::AttachOptions attach;
    attach.container = containers_.front();
    attach.start = true;
    attach.open_stdin = interactive_;
    attach.window = terminal::CurrentWindowSize();
    const std::unique_ptr<client::StreamSession> session = context.containers.Attach(attach);
    ASSIGN_OR_RETURN(const client::StreamOpened opened,
                     terminal::AwaitOpened(*session, context.output));
    return terminal::RunInForeground(
        *session, opened,
        {.forward_stdin = interactive_, .window = attach.window, .detach_keys = detach_keys_},
        context.output);
  }

  bool attach_ = false;
  bool interactive_ = false;
  terminal::DetachKeys detach_keys_;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kStartCommand = {
    .name = "start",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Start containers",
    .refusal = cli::Refusal::kUsage,
    .make = Make<StartCommand>,
};

}  // namespace isulad::commands
