// Signals as bytes of a pipe, so that a thread can wait for them together with its descriptors.
#ifndef ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_
#define ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_

#include <memory>
#include <vector>

#include "utils/base/result.h"

namespace isulad::terminal {

// At most one instance per process. One thread constructs and destroys it, and any one other calls
// Read() and Done().
class SignalPipe {
 public:
  // Catches `numbers` until destroyed. A signal that was ignored when the process started stays
  // ignored. A deadly signal sent three times without a Done() in between kills the process: the
  // thread that forwards it may be stuck.
  static Result<std::unique_ptr<SignalPipe>> Create(const std::vector<int>& numbers);
  ~SignalPipe();
  SignalPipe(const SignalPipe&) = delete;
  SignalPipe& operator=(const SignalPipe&) = delete;

  // Readable when a signal has arrived.
  int fd() const;
  // The number of the next signal; 0 if there is none.
  int Read();
  // Marks the signal as handled.
  void Done(int number);

 private:
  struct State;
  explicit SignalPipe(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_
