#include "daemon/modules/container/stop_signal.h"

#include <signal.h>

#include <string_view>

namespace isulad::container {
namespace {

bool StartsWith(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

std::string_view LastComponent(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace

int StopSignalOfInit(const FirstProcess& process) {
  // systemd becomes systemd-shutdown at its end.
  if (process.program == "systemd" || process.program == "systemd-shutdown") {
    return SIGRTMIN + 3;  // halt.target; it takes SIGTERM as an order to re-execute itself
  }
  const std::string_view name = LastComponent(process.argument);
  if (StartsWith(process.program, "busybox") && (name == "init" || name == "linuxrc")) {
    return SIGUSR2;  // power off; it takes SIGTERM as an order to reboot
  }
  // sysvinit ignores SIGTERM. SIGINT is what the kernel sends to an init for Ctrl-Alt-Del.
  if (process.program == "init" && process.terminate == os::Hearing::kLost &&
      process.interrupt == os::Hearing::kCaught) {
    return SIGINT;
  }
  return SIGTERM;
}

int StopSignalOf(const Container& container) {
  if (container.config().stop_signal != kStopSignalOfInit) {
    return container.config().stop_signal;
  }
  const pid_t pid = container.state().pid;
  if (pid == 0) {
    return SIGTERM;
  }
  return StopSignalOfInit({os::ProgramName(pid).value_or(std::string()),
                           os::FirstArgument(pid).value_or(std::string()),
                           HearingOf(container, SIGTERM), HearingOf(container, SIGINT)});
}

os::Hearing HearingOf(const Container& container, int signal) {
  const pid_t pid = container.state().pid;
  return pid == 0 ? os::Hearing::kCaught
                  : os::HearingOf(pid, signal).value_or(os::Hearing::kCaught);
}

bool StopHearing::Look(int signal, os::Hearing hearing) {
  const bool listens =
      hearing == os::Hearing::kCaught ||
      (hearing == os::Hearing::kBlocked && last_ == os::Hearing::kBlocked && looked_for_ == signal);
  looked_for_ = signal;
  last_ = hearing;
  if (!listens) {
    heard_ = heard_ && hearing != os::Hearing::kLost;
    calm_looks_ = 0;
    return false;
  }
  if (heard_ && signal == sent_) {
    ++calm_looks_;
    return false;
  }
  sent_ = signal;
  heard_ = true;
  calm_looks_ = 0;
  return true;
}

}  // namespace isulad::container
