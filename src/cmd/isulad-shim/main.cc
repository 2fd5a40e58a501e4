// isulad-shim: the monitor of one container, or of one exec. Started by isulad only; see
// docs/shim-protocol.md.
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/isulad-shim/attach_mount.h"
#include "cmd/isulad-shim/config_intake.h"
#include "cmd/isulad-shim/copy_worker.h"
#include "cmd/isulad-shim/linux_process.h"
#include "cmd/isulad-shim/monitor.h"
#include "cmd/isulad-shim/set_modes.h"
#include "cmd/isulad-shim/unlock_sysctls.h"
#include "shim_protocol/copy_job.h"
#include "shim_protocol/messages.h"
#include "utils/base/clock.h"
#include "utils/os/event_loop.h"
#include "utils/os/file.h"
#include "utils/os/unix_socket.h"

namespace isulad::monitor {
namespace {

// There is one monitor per container, which is idle most of the time: memory used for a burst of
// output is returned to the kernel instead of being kept for the next one.
void KeepHeapSmall() {
  constexpr int kBytes = 64 << 10;
  ::mallopt(M_TRIM_THRESHOLD, kBytes);
  ::mallopt(M_MMAP_THRESHOLD, kBytes);
  ::mallopt(M_TOP_PAD, 0);
}

Status Run() {
  KeepHeapSmall();
  if (::chdir("/") != 0) {
    return SystemError(errno, "change to /");
  }
  RETURN_IF_ERROR(IgnoreStopSignals());
  RETURN_IF_ERROR(BecomeSubreaper());
  os::UniqueFd daemon(shim::kDaemonDescriptor);
  os::UniqueFd listener(shim::kListenerDescriptor);
  ASSIGN_OR_RETURN(Intake intake, ReceiveConfig(daemon.get()));
  RETURN_IF_ERROR(os::SetNonBlocking(daemon.get()));
  RETURN_IF_ERROR(os::SetNonBlocking(listener.get()));

  const SystemClock clock;
  ASSIGN_OR_RETURN(const std::unique_ptr<os::EventLoop> loop, os::EventLoop::Create());
  Monitor monitor(loop.get(), &clock, std::move(intake.config), std::move(listener));
  RETURN_IF_ERROR(monitor.Start(std::move(daemon), std::move(intake.rest)));
  return loop->Run();
}

// The runtime waits until the hook has read the container's state, which is not needed here.
void DrainStdin() {
  char buffer[4096];
  while (::read(STDIN_FILENO, buffer, sizeof(buffer)) > 0) {
  }
}

void Print(int fd, const std::string& line) {
  // If even this cannot be written, there is no other way to report it.
  IgnoreError(os::WriteAll(fd, line));
}

// The arguments after the hook's name: the first word, and the others.
using HookFunction = Status (*)(const std::string& first, const std::vector<std::string>& others);

int RunAsHook(const char* purpose, HookFunction hook, char** words, char** end) {
  DrainStdin();
  if (const Status status = hook(words[0], {words + 1, end}); !status) {
    Print(STDERR_FILENO,
          "isulad-shim: " + std::string(purpose) + ": " + status.error().message() + "\n");
    return 1;
  }
  return 0;
}

Status AttachSharedMemory(const std::string& mount, const std::vector<std::string>& rootfs_target) {
  return AttachMount(mount, rootfs_target[0], rootfs_target[1]);
}

[[noreturn]] void RunAsCopyWorker(const std::vector<std::string>& arguments) {
  // If the outcome could not be written, no one is left to receive it. _exit() runs no exit
  // handlers, since the root is now the container's.
  ::_exit(RunCopyWorker(arguments) ? 0 : 1);
}

}  // namespace
}  // namespace isulad::monitor

int main(int argc, char** argv) {
  using isulad::monitor::Print;
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    Print(STDOUT_FILENO, "isulad-shim version " ISULAD_VERSION "\n");
    return 0;
  }
  if (argc > 3 && std::string_view(argv[1]) == "--unlock-sysctls") {
    return isulad::monitor::RunAsHook("writable sysctls", isulad::monitor::UnlockSysctls, argv + 2,
                                      argv + argc);
  }
  if (argc > 3 && std::string_view(argv[1]) == "--set-modes") {
    return isulad::monitor::RunAsHook("modes of tmpfs", isulad::monitor::SetModes, argv + 2,
                                      argv + argc);
  }
  if (argc == 5 && std::string_view(argv[1]) == "--attach-mount") {
    return isulad::monitor::RunAsHook("shared memory", isulad::monitor::AttachSharedMemory,
                                      argv + 2, argv + argc);
  }
  if (argc > 1 && std::string_view(argv[1]) == isulad::shim::kCopyArgument) {
    isulad::monitor::RunAsCopyWorker({argv + 1, argv + argc});
  }
  // The id is for people who look at the list of processes; the monitor gets it from its
  // configuration.
  if (argc != 2 || argv[1][0] == '-') {
    Print(STDERR_FILENO, "usage: isulad-shim ID (started by isulad, with its descriptors)\n");
    return 2;
  }
  if (const isulad::Status status = isulad::monitor::Run(); !status) {
    Print(STDERR_FILENO, "isulad-shim: " + status.error().message() + "\n");
    return 1;
  }
  return 0;
}
