// Starting and watching processes by pidfd.
#ifndef ISULAD_UTILS_OS_PROCESS_H_
#define ISULAD_UTILS_OS_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "utils/base/result.h"
#include "utils/base/signals.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Where a child runs: in a copy of the mount namespace `fd`, with these paths mounted in it as the
// caller sees them.
struct SpawnNamespace {
  int fd = -1;                      // -1: in the caller's own
  std::vector<std::string> mounts;  // each alone; those above first
  std::vector<std::string> trees;   // with all that is mounted in them; mounted last
};

struct SpawnOptions {
  std::string program;            // absolute path
  std::vector<std::string> argv;  // argv[0] included
  std::vector<std::string> env;   // "K=V"; nothing is inherited
  // {descriptor here, its number in the child}; all other descriptors are closed in the child, and
  // 0, 1, 2 are /dev/null where not named.
  std::vector<std::pair<int, int>> descriptors;
  std::string working_directory = "/";
  bool new_session = false;
  // What the child has in /proc/self/oom_score_adj, -1000 to 1000; nothing: what the caller has.
  std::optional<int> oom_score_adj;
  std::optional<mode_t> umask;  // nothing: the caller's
  // The soft limit of descriptors (RLIMIT_NOFILE) of the child; nothing: the caller's.
  std::optional<uint64_t> descriptor_limit;
  // It has /dev. Where it cannot be made (a path does not exist there, say), the child runs in the
  // caller's.
  SpawnNamespace mount_namespace;
  // Leave a private mount namespace behind whose /sys/fs/cgroup/unified is unmounted (propagation
  // slave): what crun needs on a host with hybrid cgroups. The caller's namespace is not touched.
  bool hide_unified_cgroup = false;
  // Where valid, the child is born in this cgroup v2 directory (CLONE_INTO_CGROUP).
  int cgroup_fd = -1;
};

struct Process {
  pid_t pid = -1;
  UniqueFd pidfd;
};

// Starts a child. Errors before exec (no such program, no such working directory) are returned, and
// no child is left. The child starts with default signal dispositions and an empty signal mask.
// Only async-signal-safe calls run between fork and exec, so it may be called from a process with
// threads.
Result<Process> Spawn(const SpawnOptions& options);

// How a process ended.
struct ExitStatus {
  int code = 0;    // exit status where signal is 0
  int signal = 0;  // the signal that ended it, or 0
  // What a shell shows: code, or 128 + signal.
  int ShellStatus() const { return isulad::ShellStatus(code, signal); }
};

// Waits for a child and reaps it.
Result<ExitStatus> WaitForExit(const UniqueFd& pidfd);
// kUnavailable where the child has not ended yet; it is reaped otherwise.
Result<ExitStatus> TryReap(const UniqueFd& pidfd);

// pidfd_open(2). kNotFound where there is no such process.
Result<UniqueFd> OpenPidfd(pid_t pid);
// pidfd_send_signal(2). kNotFound where it has ended.
Status SendSignal(const UniqueFd& pidfd, int signal);
// Start time in clock ticks since boot (proc(5), stat field 22): with the pid, a process's
// identity.
Result<uint64_t> StartTime(pid_t pid);
// A pidfd for `pid` where it is still the process that started at `start_time`; kNotFound
// otherwise.
Result<UniqueFd> OpenPidfdVerified(pid_t pid, uint64_t start_time);

// What a program prints, for short-lived helpers: runs it to its end with /dev/null as input, in a
// session of its own. What goes beyond `limit` bytes of either output is read and dropped, as is
// what its own children write later. One that has not ended after `timeout` is killed, with all
// that is still in its process group, and is kDeadlineExceeded.
struct Output {
  ExitStatus status;
  std::string text;   // standard output
  std::string error;  // standard error
};
inline constexpr std::chrono::milliseconds kHelperTimeout = std::chrono::minutes(1);
Result<Output> RunAndCapture(const SpawnOptions& options, size_t limit = 1u << 20,
                             std::chrono::milliseconds timeout = kHelperTimeout);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_PROCESS_H_
