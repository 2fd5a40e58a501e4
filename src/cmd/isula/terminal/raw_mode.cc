#include "cmd/isula/terminal/raw_mode.h"

#include <signal.h>
#include <termios.h>

#include <array>
#include <cerrno>
#include <utility>

namespace isulad::terminal {
namespace {

constexpr std::array kDeadly = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1,
                                SIGUSR2, SIGSEGV, SIGABRT, SIGBUS,  SIGILL,  SIGFPE};

// State for the signal handlers, written before they are installed.
int saved_fd = -1;
termios saved_mode;
std::array<struct sigaction, kDeadly.size()> saved_actions;

void Restore() {
  // TCSANOW: draining would wait forever on a terminal that ctrl-s has stopped. A failure means
  // that the terminal is gone.
  static_cast<void>(::tcsetattr(saved_fd, TCSANOW, &saved_mode));
}

// The default action is in force again when this runs (SA_RESETHAND).
void RestoreAndDie(int number) {
  const int saved_errno = errno;
  Restore();
  static_cast<void>(::raise(number));
  errno = saved_errno;
}

void InstallHandlers() {
  struct sigaction action {};
  action.sa_handler = RestoreAndDie;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
  sigemptyset(&action.sa_mask);
  // Prevents a stop by SIGTTOU when the terminal is changed from the background.
  sigaddset(&action.sa_mask, SIGTTOU);
  for (size_t i = 0; i < kDeadly.size(); ++i) {
    ::sigaction(kDeadly[i], nullptr, &saved_actions[i]);
    if (saved_actions[i].sa_handler == SIG_DFL) {  // ignored signals (nohup) stay ignored
      ::sigaction(kDeadly[i], &action, nullptr);
    }
  }
}

void RemoveHandlers() {
  for (size_t i = 0; i < kDeadly.size(); ++i) {
    ::sigaction(kDeadly[i], &saved_actions[i], nullptr);
  }
}

}  // namespace

Result<ScopedRawMode> ScopedRawMode::Enter(int fd) {
  if (::tcgetattr(fd, &saved_mode) != 0) {
    return SystemError(errno, "read the terminal's mode");
  }
  saved_fd = fd;
  InstallHandlers();
  termios raw = saved_mode;
  ::cfmakeraw(&raw);
  if (::tcsetattr(fd, TCSANOW, &raw) != 0) {
    const int failure = errno;
    RemoveHandlers();
    return SystemError(failure, "set the terminal to raw mode");
  }
  return ScopedRawMode();
}

ScopedRawMode::ScopedRawMode(ScopedRawMode&& other) noexcept
    : active_(std::exchange(other.active_, false)) {}

ScopedRawMode::~ScopedRawMode() {
  if (active_) {
    Restore();
    RemoveHandlers();
  }
}

}  // namespace isulad::terminal
