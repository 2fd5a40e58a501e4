#include "cmd/isulad-shim/stdio.h"

#include <unistd.h>

#include "utils/os/file.h"
#include "utils/os/nonblocking_io.h"
#include "utils/os/unix_socket.h"

namespace isulad::monitor {
namespace {

Status MakeOutputPipe(os::UniqueFd* monitor_end, os::UniqueFd* child_end) {
  ASSIGN_OR_RETURN(auto pipe, os::Pipe());
  *monitor_end = std::move(pipe.first);
  *child_end = std::move(pipe.second);
  return os::SetNonBlocking(monitor_end->get());
}

Status MakeInputPipe(os::UniqueFd* monitor_end, os::UniqueFd* child_end) {
  ASSIGN_OR_RETURN(auto pipe, os::Pipe());
  *child_end = std::move(pipe.first);
  *monitor_end = std::move(pipe.second);
  return os::SetNonBlocking(monitor_end->get());
}

Status MakeStreams(const shim::Config& config, Stdio& stdio) {
  RETURN_IF_ERROR(MakeOutputPipe(&stdio.monitor.output, &stdio.child.output));
  return config.open_stdin ? MakeInputPipe(&stdio.monitor.input, &stdio.child.input) : OkStatus();
}

// Replaces ends that would be /dev/null: a pipe without a writer also ends at once.
Status FillGaps(ChildStdio& child) {
  if (!child.input) {
    ASSIGN_OR_RETURN(auto pipe, os::Pipe());
    child.input = std::move(pipe.first);
  }
  if (!child.output) {
    ASSIGN_OR_RETURN(child.output, os::Duplicate(child.error.get()));
  }
  return OkStatus();
}

}  // namespace

std::vector<std::pair<int, int>> ChildStdio::Mapping() const {
  std::vector<std::pair<int, int>> mapping;
  const std::pair<const os::UniqueFd*, int> wanted[] = {
      {&input, STDIN_FILENO}, {&output, STDOUT_FILENO}, {&error, STDERR_FILENO}};
  for (const auto& [fd, number] : wanted) {
    if (fd->valid()) {
      mapping.emplace_back(fd->get(), number);
    }
  }
  return mapping;
}

Result<Stdio> MakeStdio(const shim::Config& config) {
  Stdio stdio;
  RETURN_IF_ERROR(MakeOutputPipe(&stdio.monitor.error, &stdio.child.error));
  if (!config.terminal) {
    RETURN_IF_ERROR(MakeStreams(config, stdio));
  }
  RETURN_IF_ERROR(FillGaps(stdio.child));
  return stdio;
}

}  // namespace isulad::monitor
