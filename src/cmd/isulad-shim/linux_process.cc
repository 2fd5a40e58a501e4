#include "cmd/isulad-shim/linux_process.h"

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

namespace isulad::monitor {
namespace {

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
    // A look first: a wait that takes any child would take the status of the spared one with it.
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

bool HasChildren() {
  siginfo_t info = {};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

}  // namespace isulad::monitor
