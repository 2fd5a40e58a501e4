// Reads the resource usage of a cgroup; other modules call Hierarchy::Usage(). Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_USAGE_H_
#define ISULAD_DAEMON_MODULES_CGROUP_USAGE_H_

#include <map>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// `directories`: the cgroup's directory by controller, for those that are mounted. kNotFound if
// none of them exists.
Result<Usage> ReadUsageV1(const std::map<std::string, std::string>& directories);
// kNotFound if the cgroup is gone.
Result<Usage> ReadUsageV2(const std::string& directory);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_USAGE_H_
