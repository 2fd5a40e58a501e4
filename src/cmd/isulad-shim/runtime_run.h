// One execution of the start command: from its spawn until the container's process is a child of
// the monitor.
#ifndef ISULAD_CMD_ISULAD_SHIM_RUNTIME_RUN_H_
#define ISULAD_CMD_ISULAD_SHIM_RUNTIME_RUN_H_

#include <functional>
#include <memory>
#include <string>

#include "cmd/isulad-shim/stdio.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/process.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

struct ContainerProcess {
  shim::Started started;
  os::UniqueFd pidfd;
};

// To be used only on the loop's thread.
class RuntimeRun {
 public:
  // The error's message is the reason that the daemon receives: what the runtime wrote to its log,
  // else what it printed to `error_output`, else its exit status.
  using Done = std::function<void(Result<ContainerProcess>)>;

  // Removes the files that an earlier execution left in the directory and spawns the command.
  // `done` is called once, from the loop; `error_output` (non-blocking) must live until then.
  static Result<std::unique_ptr<RuntimeRun>> Start(os::EventLoop* loop, const shim::Config& config,
                                                   const ChildStdio& stdio, int error_output,
                                                   Done done);
  ~RuntimeRun();
  RuntimeRun(const RuntimeRun&) = delete;
  RuntimeRun& operator=(const RuntimeRun&) = delete;

  // A child of the monitor has exited. Between the runtime's exit and `done` it may be the process
  // that the runtime leaves behind for a moment as the parent of the container's process (crun
  // does). The container's process then becomes a child of the monitor.
  void OnChildSignal();

 private:
  RuntimeRun(os::EventLoop* loop, std::string directory, int error_output, Done done);
  void OnEnded();
  Status TakeEnd();
  Result<ContainerProcess> OpenProcess() const;
  void FinishWith(Result<ContainerProcess> outcome);
  std::string FailureReason(const os::ExitStatus& status) const;

  os::EventLoop* const loop_;
  const std::string directory_;
  const int error_output_;
  Done done_;
  os::Process runtime_;
  ContainerProcess process_;  // once the runtime has exited
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_RUNTIME_RUN_H_
