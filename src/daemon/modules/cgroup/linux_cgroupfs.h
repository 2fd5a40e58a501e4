// One cgroup directory and everything beneath it, as the kernel shows it: reading, killing,
// removing. The same for both versions. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_
#define ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_

#include <sys/types.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/deadline.h"
#include "utils/base/result.h"

namespace isulad::cgroup {

// `directory` and the cgroups beneath it, children before their parents. Empty if it is gone.
std::vector<std::string> TreeOf(const std::string& directory);

// The one number in a file. "max" and the value that version 1 shows for "no limit" become
// UINT64_MAX.
Result<uint64_t> ReadNumber(const std::string& file);
// The number after `key` in a file of "key number" lines; kNotFound if no line has the key.
Result<uint64_t> ReadKey(const std::string& file, std::string_view key);

// Waits until `key` in version 2's cgroup.events has the value `wanted`, at most until `deadline`.
// Returns whether it has that value. Errors: those of ReadKey().
Result<bool> WaitForEvent(const std::string& directory, std::string_view key, uint64_t wanted,
                          Deadline deadline);

// The processes in the cgroups of `tree`, as far as they have a pid in this pid namespace. A cgroup
// that is gone has none.
std::set<pid_t> ReadPids(const std::vector<std::string>& tree);

// Makes one cgroup. Succeeds if it exists; kNotFound if its parent does not.
Status MakeDirectory(const std::string& directory);

// Moves a process into the cgroup `directory`, which is made if missing. kNotFound if its parent
// does not exist.
Status MoveInto(const std::string& directory, pid_t pid);

// Sends SIGKILL to every process in the cgroups of `tree` until none is left, at most until
// `deadline`. kDeadlineExceeded if some processes outlive that. Needs no kernel support, but races
// with a process that forks: the caller freezes the tree first if it can.
Status KillProcesses(const std::vector<std::string>& tree, Deadline deadline);

// Removes `directory` and the cgroups beneath it, waiting for dying processes at most until
// `deadline`. kFailedPrecondition if it is still busy then. Succeeds if it is gone.
Status RemoveTree(const std::string& directory, Deadline deadline);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_
