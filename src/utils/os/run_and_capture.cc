#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include "utils/base/deadline.h"
#include "utils/os/process.h"
#include "utils/os/retry.h"
#include "utils/os/unix_socket.h"

namespace isulad::os {
namespace {

using std::chrono::steady_clock;

struct OutputPipe {
  UniqueFd reader;
  UniqueFd writer;
};

Result<OutputPipe> MakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return SystemError(errno, "make a pipe");
  }
  OutputPipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
  RETURN_IF_ERROR(SetNonBlocking(pipe.reader.get()));
  return pipe;
}

// Reads all available data; closes the descriptor at its end.
void Drain(UniqueFd& source, std::string& text, size_t limit) {
  char buffer[4096];
  while (source) {
    const ssize_t n = RetryOnEintr([&] { return ::read(source.get(), buffer, sizeof(buffer)); });
    if (n < 0 && errno == EAGAIN) {
      return;
    }
    if (n <= 0) {
      source.reset();
      return;
    }
    text.append(buffer, std::min(static_cast<size_t>(n), limit - text.size()));
  }
}

// Collects until the process has exited, not until the pipes are closed: a child of the process may
// keep them open for ever.
Status CollectUntilExit(const UniqueFd& pidfd, OutputPipe& out, OutputPipe& err, Output& output,
                        size_t limit, steady_clock::time_point deadline) {
  for (bool ended = false; !ended;) {
    std::array<pollfd, 3> waits = {
        {{pidfd.get(), POLLIN, 0}, {out.reader.get(), POLLIN, 0}, {err.reader.get(), POLLIN, 0}}};
    const int ready = ::poll(waits.data(), waits.size(), MillisecondsUntil(deadline));
    if (ready < 0 && errno != EINTR) {
      return SystemError(errno, "poll");
    }
    ended = ready > 0 && waits[0].revents != 0;
    if (!ended && MillisecondsUntil(deadline) == 0) {
      return Error(Code::kDeadlineExceeded, 0, "it did not end in time and was killed");
    }
    Drain(out.reader, output.text, limit);
    Drain(err.reader, output.error, limit);
  }
  return OkStatus();
}

}  // namespace

Result<Output> RunAndCapture(const SpawnOptions& options, size_t limit,
                             std::chrono::milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  ASSIGN_OR_RETURN(OutputPipe out, MakePipe());
  ASSIGN_OR_RETURN(OutputPipe err, MakePipe());
  SpawnOptions captured = options;
  captured.new_session = true;
  captured.descriptors.emplace_back(out.writer.get(), STDOUT_FILENO);
  captured.descriptors.emplace_back(err.writer.get(), STDERR_FILENO);
  ASSIGN_OR_RETURN(const Process process, Spawn(captured));
  out.writer.reset();
  err.writer.reset();
  Output output;
  const Status collected = CollectUntilExit(process.pidfd, out, err, output, limit, deadline);
  if (!collected) {
    // The process must not be left behind unwatched. It has not been reaped, so its pid has not
    // been reused.
    ::kill(-process.pid, SIGKILL);
  }
  ASSIGN_OR_RETURN(output.status, WaitForExit(process.pidfd));
  RETURN_IF_ERROR(collected);
  return output;
}

}  // namespace isulad::os
