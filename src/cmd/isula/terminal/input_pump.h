// Sends the user's input, resizes and signals to a session, on its own thread.
#ifndef ISULAD_CMD_ISULA_TERMINAL_INPUT_PUMP_H_
#define ISULAD_CMD_ISULA_TERMINAL_INPUT_PUMP_H_

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include "cmd/isula/client/stream_session.h"
#include "cmd/isula/terminal/detach_keys.h"
#include "cmd/isula/terminal/signal_pipe.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::terminal {

struct InputOptions {
  int stdin_fd = 0;              // owned by the caller
  bool forward_stdin = false;    // until its end, which is forwarded too
  bool forward_signals = false;  // INT, TERM, HUP, QUIT, USR1, USR2 to the process
  bool follow_window = false;    // SIGWINCH
  std::optional<DetachKeys> detach_keys = std::nullopt;          // keys that cancel the session
  std::optional<client::WindowSize> sent_window = std::nullopt;  // size at the opening
};

class InputPump {
 public:
  // Starts the thread. The session is borrowed and must outlive the pump.
  static Result<std::unique_ptr<InputPump>> Start(client::StreamSession& session,
                                                  const InputOptions& options);
  // Ends the thread. The session must have ended or been cancelled, as the thread may be blocked in
  // a send.
  ~InputPump();
  InputPump(const InputPump&) = delete;
  InputPump& operator=(const InputPump&) = delete;

  // Whether the user has detached. Any thread.
  bool detached() const { return detached_.load(); }

 private:
  InputPump(client::StreamSession& session, const InputOptions& options, os::UniqueFd stop,
            std::unique_ptr<SignalPipe> signals);
  void Run();
  // Each returns false when nothing is left to do.
  bool ForwardStdin();
  bool ForwardSignal();
  bool FollowWindow();
  bool EndStdin();

  client::StreamSession& session_;
  InputOptions options_;
  os::UniqueFd stop_;  // an eventfd
  std::unique_ptr<SignalPipe> signals_;
  std::atomic<bool> detached_ = false;
  std::thread thread_;
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_INPUT_PUMP_H_
