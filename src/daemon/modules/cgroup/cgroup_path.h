// Checks and removals by a cgroup's path below the root of its hierarchy, for both versions.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_

#include <chrono>
#include <string>

#include "utils/base/result.h"

namespace isulad::cgroup {

// How long Kill() waits for processes that do not die.
inline constexpr std::chrono::seconds kKillTimeout(10);

// kInvalidArgument unless `path` is absolute, clean and not "/". An empty path would mean every
// process of the machine.
Status CheckCgroupPath(const std::string& path);

// Calls rmdir(2) for `path` in the hierarchy at `root`; any failure is ignored.
void RemoveDirectoryIfEmpty(const std::string& root, const std::string& path);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_
