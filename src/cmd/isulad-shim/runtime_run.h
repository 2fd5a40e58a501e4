// One run of the start command: from its spawn to the moment when the container's process is our
// child.
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

// Lives on the loop's thread.
class RuntimeRun {
 public:
  // The error's message is the reason for the daemon: what the runtime wrote into its log, else
  // what it printed to `error_output`, else how it ended.
  using Done = std::function<void(Result<ContainerProcess>)>;

  // Removes what an earlier run left in the directory and spawns the command. `done` is called
  // once, from the loop; `error_output` (non-blocking) must live until then.
  static Result<std::unique_ptr<RuntimeRun>> Start(os::EventLoop* loop, const shim::Config& config,
                                                   const ChildStdio& stdio, int error_output,
                                                   Done done);
  ~RuntimeRun();
  RuntimeRun(const RuntimeRun&) = delete;
  RuntimeRun& operator=(const RuntimeRun&) = delete;

  // A child of ours has ended. Between the runtime's end and `done` it may be the one that the
  // runtime left behind for a moment as the parent of the container's process (crun does), which is
  // ours from then on.
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
  ContainerProcess process_;  // once the runtime has ended
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_RUNTIME_RUN_H_
