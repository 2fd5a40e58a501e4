// The streams of a running process: those of a container (attach) or of an additional process in it
// (exec).
#ifndef ISULAD_CMD_ISULA_CLIENT_STREAM_SESSION_H_
#define ISULAD_CMD_ISULA_CLIENT_STREAM_SESSION_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::client {

// The client is attached and, if it asked for that, the container is started.
struct StreamOpened {
  bool terminal = false;
  std::vector<std::string> warnings;
  bool open_stdin = true;  // if false, no process reads what is sent
};
struct StdoutData {
  std::string bytes;
};
struct StderrData {
  std::string bytes;
};
// The last event.
struct StreamExited {
  int exit_code = 0;
  std::vector<std::string> notices;  // of the container's removal after its exit
};
using StreamEvent = std::variant<StreamOpened, StdoutData, StderrData, StreamExited>;

// One thread may receive while another one sends; any thread may call Cancel().
class StreamSession {
 public:
  // Cancels the session if it has not ended.
  virtual ~StreamSession() = default;

  // Waits for the next event; the first is StreamOpened. The next message is taken from the
  // connection only by this call, so a slow reader holds the sender back. Errors: client/errors.h;
  // kUnavailable if the stream ends before StreamExited.
  virtual Result<StreamEvent> Receive() = 0;

  // Each waits until the connection accepts the data; false if the stream has ended.
  virtual bool SendStdin(std::string_view bytes) = 0;
  virtual bool CloseStdin() = 0;
  virtual bool SendResize(WindowSize size) = 0;
  virtual bool SendSignal(int number) = 0;

  // Leaves the process alone and wakes the threads that wait in the calls above.
  virtual void Cancel() = 0;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_STREAM_SESSION_H_
