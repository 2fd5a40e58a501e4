// Changing how much of the processors a cgroup that is in use may have. Thread-safe for different
// cgroups.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_

#include <functional>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// The directory of a controller's cgroup.
using DirectoryOfController = std::function<Result<std::string>(const std::string& controller)>;

// Hierarchy::SetCpuLimits.
Status SetCpuLimitsV1(const DirectoryOfController& directory_of, const CpuLimits& limits);
Status SetCpuLimitsV2(const std::string& directory, const CpuLimits& limits);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_
