// Runs a session in the foreground: passes its output to the user and the user's input to it, until
// it ends or the user detaches.
#ifndef ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
#define ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_

#include <optional>

#include "cmd/isula/client/stream_session.h"
#include "cmd/isula/output/output.h"
#include "cmd/isula/terminal/detach_keys.h"
#include "utils/base/result.h"

namespace isulad::terminal {

struct ForegroundOptions {
  bool forward_stdin = false;                // if the process reads it
  bool forward_signals = true;               // for sessions without a terminal
  std::optional<client::WindowSize> window;  // the size the session was opened with
  DetachKeys detach_keys;                    // for sessions with a terminal
};

// Waits until the session is open and prints its warnings. Errors: those of
// StreamSession::Receive().
Result<client::StreamOpened> AwaitOpened(client::StreamSession& session, output::Output& output);

// Returns the exit status of the process; 0 after detaching, 141 if the reader of our output has
// gone. If the process has a terminal and standard input is one too, that is in raw mode for the
// duration. Without a terminal the signals that would end this process are forwarded instead, if
// the options say so. Errors: those of StreamSession::Receive().
Result<int> RunInForeground(client::StreamSession& session, const client::StreamOpened& opened,
                            const ForegroundOptions& options, output::Output& output);

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
