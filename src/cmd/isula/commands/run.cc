#include <memory>
#include <string>
#include <vector>

#include "cmd/isula/commands/commands.h"
#include "cmd/isula/options/container_options.h"
#include "cmd/isula/options/stream_options.h"
#include "cmd/isula/terminal/foreground.h"
#include "cmd/isula/terminal/window_size.h"

namespace isulad::commands {
namespace {

class RunCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"detach", 'd'}, &detach_, "Leave it in the background and print its id");
    options::AddDetachKeysFlag(flags, &detach_keys_);
    options::AddContainerFlags(flags, &options_);
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    client::containers_v1::ProcessConfig& process = *options_.spec.mutable_process();
    process.set_stdin_once(process.open_stdin() && !process.terminal() && !detach_);
    return options::TakeArguments(kRunCommand.name, arguments, &options_);
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::Created created, context.containers.Create(options_));
    ShowWarnings(context, created.warnings);
    return detach_ ? StartDetached(context, created.id) : StartAttached(context, created.id);
  }

 private:
  static void ShowWarnings(Context& context, const std::vector<std::string>& warnings) {
    context.output.WarnOfEach(warnings);
  }

  Result<int> StartDetached(Context& context, const std::string& id) {
    Result<std::vector<std::string>> warnings = context.containers.Start(id);
    if (!warnings) {
      return StartFailed(context, id, std::move(warnings).error());
    }
    ShowWarnings(context, *warnings);
    context.output.OutLine(id);
    return cli::kExitOk;
  }

  Result<int> StartAttached(Context& context, const std::string& id) {
    client::AttachOptions attach;
    attach.container = id;
    attach.start = true;
    attach.open_stdin = options_.spec.process().open_stdin();
    if (options_.spec.process().terminal()) {
      attach.window = terminal::CurrentWindowSize();
    }
    const std::unique_ptr<client::StreamSession> session = context.containers.Attach(attach);
    Result<client::StreamOpened> opened = terminal::AwaitOpened(*session, context.output);
    if (!opened) {
      return StartFailed(context, id, std::move(opened).error());
    }
    return terminal::RunInForeground(
        *session, *opened,
        {.forward_stdin = attach.open_stdin, .window = attach.window, .detach_keys = detach_keys_},
        context.output);
  }

  // A container that was to be removed when it ends must not stay because it never started.
  Error StartFailed(Context& context, const std::string& id, Error error) {
    if (options_.spec.host().auto_remove() && error.code() != Code::kUnavailable) {
      // The daemon may have removed it already; the user needs the reason why the start failed.
      IgnoreError(context.containers.Remove(id, /*force=*/true));
    }
    return error;
  }

  client::ContainerOptions options_;
  terminal::DetachKeys detach_keys_;
  bool detach_ = false;
};

}  // namespace

const CommandInfo kRunCommand = {
    .name = "run",
    .arguments = "[OPTIONS] none [COMMAND] [ARG...]",
    .summary = "Create a container and start it",
    .stop = cli::FlagSet::Stop::kAtFirstArgument,
    .help_letter = cli::HelpLetter::kTaken,
    .refusal = cli::Refusal::kUsage,
    .make = Make<RunCommand>,
};

}  // namespace isulad::commands
