#include "cmd/isula/terminal/foreground.h"

#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "cmd/isula/cli/exit_status.h"
#include "cmd/isula/terminal/input_pump.h"
#include "cmd/isula/terminal/raw_mode.h"

namespace isulad::terminal {
namespace {

// Wakes the pump from a send before its destructor waits for it.
class ScopedCancel {
 public:
  explicit ScopedCancel(client::StreamSession& session) : session_(session) {}
  ~ScopedCancel() { session_.Cancel(); }
  ScopedCancel(const ScopedCancel&) = delete;
  ScopedCancel& operator=(const ScopedCancel&) = delete;

 private:
  client::StreamSession& session_;
};

InputOptions InputFor(const ForegroundOptions& options, bool forward_stdin, bool terminal) {
  InputOptions input;
  input.stdin_fd = STDIN_FILENO;
  input.forward_stdin = forward_stdin;
  input.forward_signals = options.forward_signals && !terminal;
  input.follow_window = terminal;
  if (terminal) {
    input.detach_keys = options.detach_keys;
  }
  input.sent_window = options.window;
  return input;
}

// Copies output until the process ends. Writing waits for the reader, and receiving the next
// message waits for the writing.
Result<client::StreamExited> CopyOutput(client::StreamSession& session, output::Output& output) {
  for (;;) {
    ASSIGN_OR_RETURN(client::StreamEvent event, session.Receive());
    if (auto* exited = std::get_if<client::StreamExited>(&event)) {
      return std::move(*exited);
    }
    Status written;
    if (const auto* out = std::get_if<client::StdoutData>(&event)) {
      written = output.Out(out->bytes);
    } else if (const auto* err = std::get_if<client::StderrData>(&event)) {
      written = output.Err(err->bytes);
    }
    if (!written && written.error().system_errno() == EPIPE) {
      return client::StreamExited{cli::kExitBrokenPipe, {}};
    }
    RETURN_IF_ERROR(written);
  }
}

}  // namespace

Result<client::StreamOpened> AwaitOpened(client::StreamSession& session, output::Output& output) {
  ASSIGN_OR_RETURN(client::StreamEvent first, session.Receive());
  auto* opened = std::get_if<client::StreamOpened>(&first);
  if (opened == nullptr) {
    return Internal("Error: the daemon sent output before it opened the stream");
  }
  output.WarnOfEach(opened->warnings);
  return std::move(*opened);
}

Result<int> RunInForeground(client::StreamSession& session, const client::StreamOpened& opened,
                            const ForegroundOptions& options, output::Output& output) {
  const bool forward_stdin = options.forward_stdin && opened.open_stdin;
  std::optional<ScopedRawMode> raw;
  if (opened.terminal && forward_stdin && ::isatty(STDIN_FILENO) == 1) {
    ASSIGN_OR_RETURN(ScopedRawMode entered, ScopedRawMode::Enter(STDIN_FILENO));
    raw.emplace(std::move(entered));
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<InputPump> pump,
                   InputPump::Start(session, InputFor(options, forward_stdin, opened.terminal)));
  const ScopedCancel cancel(session);
  const Result<client::StreamExited> exited = CopyOutput(session, output);
  if (pump->detached()) {
    return cli::kExitOk;
  }
  RETURN_IF_ERROR(exited);
  raw.reset();  // so that lines end properly again
  output.WarnOfEach(exited->notices);
  return exited->exit_code;
}

}  // namespace isulad::terminal
