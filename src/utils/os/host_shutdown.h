// Whether the host is about to go down: what a service's end alone does not tell.
#ifndef ISULAD_UTILS_OS_HOST_SHUTDOWN_H_
#define ISULAD_UTILS_OS_HOST_SHUTDOWN_H_

#include <string>

namespace isulad::os {

// Where the host's init tells. Tests have their own.
struct InitSystem {
  std::string systemd_directory = "/run/systemd/system";  // sd_booted(3)
  std::string systemctl = "/usr/bin/systemctl";
  std::string utmp = "/run/utmp";
};

// With systemd: whether it says `stopping` (systemctl(1), is-system-running), which it does while
// its shutdown jobs run. Else the run level in utmp(5): 0 is halt, 6 is reboot. False where neither
// can be asked. Blocks for as long as systemctl takes.
bool HostIsGoingDown(const InitSystem& init = {});

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_HOST_SHUTDOWN_H_
