// Freezes one cgroup directory and everything beneath it, on either version. Contracts are those of
// Freeze(), Thaw() and Freezer() in Hierarchy. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_
#define ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_

#include <chrono>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// `directory`: the cgroup's directory in the hierarchy of the freezer controller.
Status FreezeV1(const std::string& directory, std::chrono::milliseconds timeout);
Status ThawV1(const std::string& directory);
Result<FreezerState> ReadFreezerV1(const std::string& directory);

// `directory`: the cgroup's directory in the unified hierarchy.
Status FreezeV2(const std::string& directory, std::chrono::milliseconds timeout);
Status ThawV2(const std::string& directory);
Result<FreezerState> ReadFreezerV2(const std::string& directory);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_
