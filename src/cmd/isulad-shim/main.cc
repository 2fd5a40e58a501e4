// isulad-shim: the monitor of one container, or of one exec. Started by isulad only; see
// docs/shim-protocol.md.
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cmd/isulad-shim/config_intake.h"
#include "cmd/isulad-shim/linux_process.h"
#include "cmd/isulad-shim/monitor.h"
#include "shim_protocol/messages.h"
#include "utils/base/clock.h"
#include "utils/os/event_loop.h"
#include "utils/os/file.h"
#include "utils/os/unix_socket.h"

namespace isulad::monitor {
namespace {

// There is one monitor for each container, and most of the time it waits: what a burst of output
// took is given back to the kernel instead of being kept for the next one.
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

void Print(int fd, const std::string& line) {
  // Where even this cannot be written there is nothing left to say it with.
  IgnoreError(os::WriteAll(fd, line));
}

}  // namespace
}  // namespace isulad::monitor

int main(int argc, char** argv) {
  using isulad::monitor::Print;
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    Print(STDOUT_FILENO, "isulad-shim version " ISULAD_VERSION "\n");
    return 0;
  }
  // The id is there for people who look at the list of processes; the monitor has it from its
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
