// What both versions do with a cgroup's path below the root of its hierarchy.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_

#include <chrono>
#include <string>

#include "utils/base/result.h"

namespace isulad::cgroup {

// How long Kill waits for processes that do not die, in nanoseconds.
inline constexpr std::chrono::seconds kKillTimeout(10);

// kInvalidArgument unless `path` is absolute, clean and not "/": an empty one would stand for every
// process of the machine.
Status CheckCgroupPath(const std::string& path);

// rmdir of `path` in the hierarchy at `root`; any failure is ignored.
void RemoveDirectoryIfEmpty(const std::string& root, const std::string& path);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CGROUP_PATH_H_
