// Changes the processor limits of a cgroup that is in use. Thread-safe for different cgroups.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_

#include <functional>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// Returns the cgroup's directory in the hierarchy of `controller`.
using DirectoryOfController = std::function<Result<std::string>(const std::string& controller)>;

// Hierarchy::SetCpuLimits(), on the cgroup's directories.
Status SetCpuLimitsV1(const DirectoryOfController& directory_of, const CpuLimits& limits);
Status SetCpuLimitsV2(const std::string& directory, const CpuLimits& limits);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CPU_LIMITS_H_
