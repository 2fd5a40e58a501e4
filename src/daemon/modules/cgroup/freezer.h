// Freezing one cgroup directory and what is beneath it, on either version. The rules are those of
// Hierarchy's Freeze, Thaw and Freezer. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_
#define ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_

#include <chrono>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// `directory`: the cgroup's in the hierarchy of the freezer controller.
Status FreezeV1(const std::string& directory, std::chrono::milliseconds timeout);
Status ThawV1(const std::string& directory);
Result<FreezerState> ReadFreezerV1(const std::string& directory);

// `directory`: the cgroup's in the one hierarchy.
Status FreezeV2(const std::string& directory, std::chrono::milliseconds timeout);
Status ThawV2(const std::string& directory);
Result<FreezerState> ReadFreezerV2(const std::string& directory);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_FREEZER_H_
