#include <memory>
#include <optional>
#include <string>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/options/stream_options.h"
#include "cmd/isula/terminal/foreground.h"
#include "cmd/isula/terminal/window_size.h"

namespace isulad::commands {
namespace {

// A size that is corrected at once. The program in the terminal notices the change and redraws
// itself for the client that has just attached.
std::optional<client::WindowSize> OneRowMore(std::optional<client::WindowSize> window) {
  if (window) {
    ++window->rows;
  }
  return window;
}

class AttachCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"no-stdin"}, &no_stdin_, "Do not forward standard input");
    flags.AddSwitch({"sig-proxy"}, &sig_proxy_,
                    "Forward signals where it has no terminal (default: true)");
    options::AddDetachKeysFlag(flags, &detach_keys_);
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kAttachCommand.name, arguments, 1));
    container_ = arguments.front();
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    client::AttachOptions attach;
    attach.container = container_;
    attach.open_stdin = !no_stdin_;
    attach.window = OneRowMore(terminal::CurrentWindowSize());
    const std::unique_ptr<client::StreamSession> session = context.containers.Attach(attach);
    ASSIGN_OR_RETURN(const client::StreamOpened opened,
                     terminal::AwaitOpened(*session, context.output));
    return terminal::RunInForeground(*session, opened,
                                     {.forward_stdin = attach.open_stdin,
                                      .forward_signals = sig_proxy_,
                                      .window = attach.window,
                                      .detach_keys = detach_keys_},
                                     context.output);
  }

 private:
  bool no_stdin_ = false;
  bool sig_proxy_ = true;
  terminal::DetachKeys detach_keys_;
  std::string container_;
};

}  // namespace

const CommandInfo kAttachCommand = {
    .name = "attach",
    .arguments = "[OPTIONS] CONTAINER",
    .summary = "Join the input and output of a running container",
    .make = Make<AttachCommand>,
};

}  // namespace isulad::commands
