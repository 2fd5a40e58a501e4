// What the runtime runs as a hook (createContainer) of a container with --ns-change-opt, in the
// container's namespaces and before its root is: isulad-shim --unlock-sysctls ROOTFS NAMESPACE...
#ifndef ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_
#define ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Binds the sysctls of `namespaces` ("net", "ipc") in ROOTFS/proc over themselves, writable: so
// they are and stay, whether the runtime has made /proc/sys read-only or is about to. Those that
// this kernel has not are skipped. Links in ROOTFS are not followed, and what is no procfs is not
// touched.
Status UnlockSysctls(const std::string& rootfs, const std::vector<std::string>& namespaces);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_
