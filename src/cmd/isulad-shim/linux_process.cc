#include "cmd/isulad-shim/linux_process.h"

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>
#include <thread>

#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::monitor {
namespace {

// See proc(5). The children of the only thread.
constexpr char kChildrenFile[] = "/proc/thread-self/children";
constexpr std::chrono::milliseconds kPause(2);

constexpr auto kWaitByPidfd = static_cast<idtype_t>(3);  // P_PIDFD, which older headers lack

}  // namespace

Status BecomeSubreaper() {
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
    return SystemError(errno, "become the reaper of orphans");
  }
  return OkStatus();
}

Status IgnoreStopSignals() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ}) {
    if (::signal(signal, SIG_IGN) == SIG_ERR) {
      return SystemError(errno, "ignore signal " + std::to_string(signal));
    }
  }
  return OkStatus();
}

Result<os::UniqueFd> OpenChildSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) {
    return SystemError(errno, "block SIGCHLD");
  }
  os::UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals) {
    return SystemError(errno, "signalfd");
  }
  return signals;
}

void ClearChildSignals(int signals) {
  signalfd_siginfo info;
  while (::read(signals, &info, sizeof(info)) > 0) {
  }
}

bool ReapOrphans(pid_t spared) {
  for (;;) {
    siginfo_t info = {};
    // Peek first: a wait for any child would also consume the status of the spared one.
    if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
      return false;
    }
    if (info.si_pid == spared) {
      return true;
    }
    ::waitid(P_PID, static_cast<id_t>(info.si_pid), &info, WEXITED | WNOHANG);
  }
}

bool IsOurChild(const os::UniqueFd& pidfd) {
  siginfo_t info = {};
  return ::waitid(kWaitByPidfd, static_cast<id_t>(pidfd.get()), &info,
                  WEXITED | WNOHANG | WNOWAIT) == 0;
}

Status KillChildren(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  while (HasChildren()) {
    // A list that is read while it changes may be incomplete, hence the loop until there are no
    // children.
    ASSIGN_OR_RETURN(const std::string children, os::ReadFile(kChildrenFile));
    for (const std::string_view word : Split(children, ' ')) {
      if (const auto pid = ParseUint64(Trim(word)); pid && *pid > 0) {
        ::kill(static_cast<pid_t>(*pid), SIGKILL);  // ours and not reaped: its pid is not reused
      }
    }
    ReapOrphans(/*spared=*/-1);
    if (std::chrono::steady_clock::now() > deadline) {
      return Error(Code::kDeadlineExceeded, "processes that were killed have not ended");
    }
    std::this_thread::sleep_for(kPause);
  }
  return OkStatus();
}

bool HasChildren() {
  siginfo_t info = {};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

}  // namespace isulad::monitor
