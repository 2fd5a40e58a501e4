// What runc runs as a hook (createContainer) of a container with --tmpfs, in the container's
// namespaces and before its root is: isulad-shim --set-modes ROOTFS MODE TARGET [MODE TARGET]...
#ifndef ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_
#define ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Gives each TARGET, a path in the container, its MODE (octal): runc gives a tmpfs that of the
// directory beneath it. Links are followed inside ROOTFS, and what is no tmpfs is not touched.
Status SetModes(const std::string& rootfs, const std::vector<std::string>& modes_and_targets);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_SET_MODES_H_
