// Runs a session in the foreground: its output to ours, our input to it, until it ends or the user
// detaches.
#ifndef ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
#define ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_

#include <optional>

#include "cmd/isula/client/stream_session.h"
#include "cmd/isula/output/output.h"
#include "cmd/isula/terminal/detach_keys.h"
#include "utils/base/result.h"

namespace isulad::terminal {

struct ForegroundOptions {
  bool forward_stdin = false;                // where the process reads it
  bool forward_signals = true;               // of a session without a terminal
  std::optional<client::WindowSize> window;  // what the session was opened with
  DetachKeys detach_keys;                    // of a session with a terminal
};

// Waits until the session is open and shows its warnings. Errors: those of
// StreamSession::Receive().
Result<client::StreamOpened> AwaitOpened(client::StreamSession& session, output::Output& output);

// Returns the exit status of the process: its own, 0 after detaching, 141 where nobody reads
// our output any more. Where the process has a terminal and standard input is one too, that is raw
// meanwhile. Without a terminal the signals that would end this process are forwarded instead, if
// so wished.
// Errors: those of StreamSession::Receive().
Result<int> RunInForeground(client::StreamSession& session, const client::StreamOpened& opened,
                            const ForegroundOptions& options, output::Output& output);

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_FOREGROUND_H_
