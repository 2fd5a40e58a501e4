// Runs a session in the foreground: its output to ours, our input to it, until it ends or the user
// detaches.
#ifndef ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
#define ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_

#include <optional>

#include "cmd/isula/client/stream_session.h"
#include "cmd/isula/output/output.h"
#include "utils/base/result.h"

namespace isulad::terminal {

struct ForegroundOptions {
  bool forward_stdin = false;
  std::optional<client::WindowSize> window;  // what the session was opened with
};

// Waits until the session is open and shows its warnings. Errors: those of
// StreamSession::Receive().
Result<client::StreamOpened> AwaitOpened(client::StreamSession& session, output::Output& output);

// Returns the exit status of the process: its own, 0 after ctrl-p ctrl-q, 141 where nobody reads
// our output any more. Where the process has a terminal and standard input is one too, that is raw
// meanwhile. Without a terminal the signals that would end this process are forwarded instead.
// Errors: those of StreamSession::Receive().
Result<int> RunInForeground(client::StreamSession& session, const client::StreamOpened& opened,
                            const ForegroundOptions& options, output::Output& output);

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
