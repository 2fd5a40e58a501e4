// One cgroup directory and what is beneath it, as the kernel shows it: reading, killing, removing.
// The same for both versions. Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_
#define ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "utils/base/result.h"

namespace isulad::cgroup {

// A point on the monotonic clock, in nanoseconds.
int64_t MonotonicNow();

// `directory` and the cgroups beneath it, children before their parents. Empty where it is gone.
std::vector<std::string> TreeOf(const std::string& directory);

// The one number in a file. "max" and what version 1 shows for "no limit" are UINT64_MAX.
Result<uint64_t> ReadNumber(const std::string& file);
// The number behind `key` in a file of "key number" lines; kNotFound where no line has it.
Result<uint64_t> ReadKey(const std::string& file, std::string_view key);

// Sends SIGKILL to every process in the cgroups of `tree` until none is left, at most until
// `deadline` (of MonotonicNow). kDeadlineExceeded where some outlive that. Needs no support by the
// kernel, but races with a process that forks; the caller freezes the tree first where it can.
Status KillProcesses(const std::vector<std::string>& tree, int64_t deadline);

// Removes `directory` and the cgroups beneath it, waiting for dying processes at most until
// `deadline`. kFailedPrecondition where it is still busy then. Success where gone.
Status RemoveTree(const std::string& directory, int64_t deadline);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_LINUX_CGROUPFS_H_
