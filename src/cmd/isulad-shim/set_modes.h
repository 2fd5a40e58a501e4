// A hook (createContainer) that runc runs for a container with --tmpfs, in the container's
// namespaces and before the change to its root:
// isulad-shim --set-modes ROOTFS MODE TARGET [MODE TARGET]...
#ifndef ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_
#define ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Gives each TARGET, a path in the container, its MODE (octal), since runc gives a tmpfs the mode
// of the directory beneath it. Links are followed inside ROOTFS; targets that are not a tmpfs are
// not changed.
Status SetModes(const std::string& rootfs, const std::vector<std::string>& modes_and_targets);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_
