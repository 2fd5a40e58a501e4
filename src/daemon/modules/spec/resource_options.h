// The limits of a container: their meaning, and which are not valid. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "daemon/modules/spec/container_spec.h"
#include "utils/base/limit_text.h"
#include "utils/base/result.h"

namespace isulad::spec {

inline constexpr int64_t kLowestOomScoreAdj = -1000;

// The quota and period given by --cpus, or by --cpu-quota and --cpu-period; 0: not given.
struct CpuTime {
  int64_t quota = 0;  // microseconds; -1: unlimited
  int64_t period = 0;
};
CpuTime CpuTimeOf(const ResourceLimits& limits);

// The OOM score adjustment of a process if no value below `lowest` can be given.
int64_t OomScoreAdj(const ResourceLimits& limits, int64_t lowest);

// The limits of every kind. kInvalidArgument with a reason that names the flag.
Result<std::vector<DeviceRate>> DeviceRatesOf(const ResourceLimits& limits);
Result<std::vector<HugetlbLimit>> HugetlbLimitsOf(const ResourceLimits& limits);

// Checks that do not depend on the system: memory is at least 6 MiB if given, swap is at least
// memory and not given without it, cpus is not above `processors`, ... The message names the option
// as the command line spells it.
Status ValidateResources(const ResourceLimits& limits, int processors);

// Like ValidateResources, but for the changes of an update: only limits that can be changed, and
// none removed.
Status ValidateChanges(const ResourceLimits& changes);

// A cgroup controller that an option needs. kIoController is "io" on cgroup version 2, "blkio" on
// version 1.
inline constexpr std::string_view kIoController = "io";
struct NeededController {
  std::string_view flag;
  std::string_view controller;
};
std::vector<NeededController> ControllersFor(const ResourceLimits& limits);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_
