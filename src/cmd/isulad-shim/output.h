// The path of output out of a container: reads its pipes or its terminal while there is room for
// the data.
#ifndef ISULAD_CMD_ISULAD_SHIM_OUTPUT_H_
#define ISULAD_CMD_ISULAD_SHIM_OUTPUT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// To be used only on the loop's thread.
class Output {
 public:
  // `error` means standard error. The sink may call Pause().
  using Sink = std::function<void(bool error, std::string_view bytes)>;

  Output(os::EventLoop* loop, Sink sink);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Reads `fd` (non-blocking) from now on.
  Status Add(os::UniqueFd fd, bool error);
  // Flow control: a container whose output is not read blocks on its full pipe.
  void Pause();
  void Resume();
  // The container's process has exited: passes on what it has written, paused or not, and closes
  // the descriptors. Another process may hold the other end and continue to write; that is not
  // waited for.
  void Finish();

 private:
  struct Source {
    os::UniqueFd fd;
    bool error = false;
    bool watched = false;
  };
  // Returns the number of bytes read, 0 if there are none now or at the end.
  size_t ReadOnce(Source* source);
  Status Watch(Source* source);
  void Unwatch(Source* source);

  os::EventLoop* const loop_;
  const Sink sink_;
  bool paused_ = false;
  std::vector<std::unique_ptr<Source>> sources_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_OUTPUT_H_
