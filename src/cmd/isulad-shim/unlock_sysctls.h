// A hook (createContainer) that the runtime runs for a container with --ns-change-opt, in the
// container's namespaces and before the change to its root:
// isulad-shim --unlock-sysctls ROOTFS NAMESPACE...
#ifndef ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_
#define ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Bind-mounts the sysctls of `namespaces` ("net", "ipc") in ROOTFS/proc over themselves, writable.
// They stay writable whether the runtime has made /proc/sys read-only or is about to. Sysctls that
// this kernel lacks are skipped. Links in ROOTFS are not followed, and anything that is not procfs
// is not touched.
Status UnlockSysctls(const std::string& rootfs, const std::vector<std::string>& namespaces);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_UNLOCK_SYSCTLS_H_
