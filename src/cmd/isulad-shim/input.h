// The path of input into a container: a bounded queue in front of its pipe or terminal.
#ifndef ISULAD_CMD_ISULAD_SHIM_INPUT_H_
#define ISULAD_CMD_ISULAD_SHIM_INPUT_H_

#include <functional>
#include <string>
#include <string_view>

#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// To be used only on the loop's thread. All input is queued until Open(); afterwards only the input
// that the container has not read yet.
class Input {
 public:
  // `on_room` is called when HasRoom() becomes true again.
  Input(os::EventLoop* loop, bool terminal, std::function<void()> on_room);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  // `fd` is non-blocking. If standard input is /dev/null, it is invalid and input is discarded.
  Status Open(os::UniqueFd fd);
  void Write(std::string_view bytes);
  bool HasRoom() const;
  // No more input: after the queued bytes, a pipe is closed and a terminal gets its end-of-file
  // character.
  void Close();
  // The container has exited: discards the queued input and all that arrives later.
  void Discard();

 private:
  enum class State { kNotOpen, kOpen, kGone };
  void Flush();
  Status WatchWhileQueued();

  os::EventLoop* const loop_;
  const bool terminal_;
  const std::function<void()> on_room_;
  State state_ = State::kNotOpen;
  os::UniqueFd fd_;
  std::string queue_;
  bool closing_ = false;
  bool watched_ = false;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_INPUT_H_
