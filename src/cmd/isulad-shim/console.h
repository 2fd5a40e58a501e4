// The terminal of a container: the runtime creates it in the container's devpts and sends the
// master over a socket (the console socket of the OCI runtimes).
#ifndef ISULAD_CMD_ISULAD_SHIM_CONSOLE_H_
#define ISULAD_CMD_ISULAD_SHIM_CONSOLE_H_

#include <memory>
#include <string>

#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// To be used only on the loop's thread.
class Console {
 public:
  // Listens on `socket_path`, which must not exist, and receives the master as soon as it arrives,
  // so that the window has its size before the container's process queries it.
  static Result<std::unique_ptr<Console>> Create(os::EventLoop* loop, std::string socket_path,
                                                 shim::WindowSize size);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // Call after the runtime has exited: receives the master now if it has not been received, and
  // removes the socket. An error if the runtime sent none.
  Status Finish();
  // Call after Finish(): returns another descriptor of the master, non-blocking. An event loop
  // needs one for each direction.
  Result<os::UniqueFd> DuplicateMaster() const;

  // If the master has not arrived yet, the size is kept until then.
  Status Resize(shim::WindowSize size);
  // The container's process has exited: from now on, reading the master ends once its output has
  // been read.
  void CloseSlave() { slave_.reset(); }

 private:
  Console(os::EventLoop* loop, std::string socket_path, shim::WindowSize size);
  Status AcceptRuntime();
  Status ReceiveMaster();
  void StopListening();

  os::EventLoop* const loop_;
  const std::string socket_path_;
  shim::WindowSize size_;
  os::UniqueFd listener_;
  os::UniqueFd runtime_;
  os::UniqueFd master_;
  // Held open for the whole life of the container: an init that closes its console for a moment
  // (systemd does so again and again) would otherwise make every read of the master fail with EIO
  // until it reopens the console.
  os::UniqueFd slave_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_CONSOLE_H_
