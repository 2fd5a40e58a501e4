#include <memory>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/options/process_options.h"
#include "cmd/isula/options/stream_options.h"
#include "cmd/isula/terminal/foreground.h"
#include "cmd/isula/terminal/window_size.h"

namespace isulad::commands {
namespace {

class ExecCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"detach", 'd'}, &exec_.detach, "Leave it in the background");
    options::AddDetachKeysFlag(flags, &detach_keys_);
    options::AddProcessFlags(flags, &exec_.process);
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireAtLeast(kExecCommand.name, arguments, 2));
    exec_.container = arguments.front();
    exec_.process.mutable_args()->Assign(arguments.begin() + 1, arguments.end());
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    if (exec_.process.terminal()) {
      exec_.window = terminal::CurrentWindowSize();
    }
    const std::unique_ptr<client::StreamSession> session = context.containers.Exec(exec_);
    ASSIGN_OR_RETURN(const client::StreamOpened opened,
                     terminal::AwaitOpened(*session, context.output));
    if (exec_.detach) {
      return cli::kExitOk;
    }
    return terminal::RunInForeground(*session, opened,
                                     {.forward_stdin = exec_.process.open_stdin(),
                                      .window = exec_.window,
                                      .detach_keys = detach_keys_},
                                     context.output);
  }

 private:
  client::ExecOptions exec_;
  terminal::DetachKeys detach_keys_;
};

}  // namespace

const CommandInfo kExecCommand = {
    .name = "exec",
    .arguments = "[OPTIONS] CONTAINER COMMAND [ARG...]",
    .summary = "Run a command in a running container",
    .stop = cli::FlagSet::Stop::kAtFirstArgument,
    .refusal = cli::Refusal::kUsage,
    .make = Make<ExecCommand>,
};

}  // namespace isulad::commands
