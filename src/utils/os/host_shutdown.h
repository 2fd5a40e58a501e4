// Detects that the host is shutting down, which the stop of a service does not tell by itself.
#ifndef ISULAD_UTILS_OS_HOST_SHUTDOWN_H_
#define ISULAD_UTILS_OS_HOST_SHUTDOWN_H_

#include <string>

namespace isulad::os {

// Where the host's init system reports its state. Tests use their own paths.
struct InitSystem {
  std::string systemd_directory = "/run/systemd/system";  // sd_booted(3)
  std::string systemctl = "/usr/bin/systemctl";
  std::string utmp = "/run/utmp";
};

// With systemd: whether it reports `stopping` (systemctl(1), is-system-running), as it does while
// its shutdown jobs run. Otherwise: whether the run level in utmp(5) is 0 (halt) or 6 (reboot).
// False if neither can be queried. Blocks for as long as systemctl takes.
bool HostIsGoingDown(const InitSystem& init = {});

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_HOST_SHUTDOWN_H_
