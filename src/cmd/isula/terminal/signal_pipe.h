// Signals as bytes of a pipe, so that a thread can wait for them together with its descriptors.
#ifndef ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_
#define ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_

#include <memory>
#include <vector>

#include "utils/base/result.h"

namespace isulad::terminal {

// At most one at a time in a process. Construction and destruction belong to one thread, Read() and
// Done() to any one other.
class SignalPipe {
 public:
  // Catches `numbers` until destroyed; a signal that the process was started to ignore stays
  // ignored. A deadly signal that is sent three times while none was Done() kills the process: who
  // forwards it may be stuck.
  static Result<std::unique_ptr<SignalPipe>> Create(const std::vector<int>& numbers);
  ~SignalPipe();
  SignalPipe(const SignalPipe&) = delete;
  SignalPipe& operator=(const SignalPipe&) = delete;

  // Readable when a signal has come.
  int fd() const;
  // The next signal's number; 0 where there is none.
  int Read();
  // The signal was dealt with.
  void Done(int number);

 private:
  struct State;
  explicit SignalPipe(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace isulad::terminal

#endif  // ISULAD_CMD_ISULA_TERMINAL_SIGNAL_PIPE_H_
