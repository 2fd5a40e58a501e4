// Starting and watching processes through pidfds.
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

// The mount namespace of a child: a copy of the mount namespace `fd`, in which the paths below are
// mounted as the caller sees them.
struct SpawnNamespace {
  int fd = -1;                      // -1: the child runs in the caller's
  std::vector<std::string> mounts;  // without the mounts inside them; parents first
  std::vector<std::string> trees;   // with everything mounted in them; mounted last
};

struct SpawnOptions {
  std::string program;            // absolute path
  std::vector<std::string> argv;  // argv[0] included
  std::vector<std::string> env;   // "K=V"; nothing is inherited
  // {descriptor in the caller, its number in the child}. All other descriptors are closed in the
  // child; 0, 1 and 2 are /dev/null unless listed.
  std::vector<std::pair<int, int>> descriptors;
  std::string working_directory = "/";
  bool new_session = false;
  // The child's /proc/self/oom_score_adj, -1000 to 1000; nullopt: the caller's.
  std::optional<int> oom_score_adj;
  std::optional<mode_t> umask;  // nullopt: the caller's
  // The child's soft limit of descriptors (RLIMIT_NOFILE); nullopt: the caller's.
  std::optional<uint64_t> descriptor_limit;
  // The namespace contains /dev. If it cannot be created (for example because a path does not exist
  // in it), the child runs in the caller's.
  SpawnNamespace mount_namespace;
  // Leaves the child in a private mount namespace (propagation slave) in which
  // /sys/fs/cgroup/unified is unmounted, as crun needs on a host with hybrid cgroups. The caller's
  // namespace is not changed.
  bool hide_unified_cgroup = false;
  // If valid, the child starts in this cgroup v2 directory (CLONE_INTO_CGROUP).
  int cgroup_fd = -1;
};

struct Process {
  pid_t pid = -1;
  UniqueFd pidfd;
};

// Starts a child. Errors before exec (no such program, no such working directory) are returned, and
// no child is left. The child starts with default signal dispositions and an empty signal mask. May
// be called from a process with threads: only async-signal-safe calls run between fork and exec.
Result<Process> Spawn(const SpawnOptions& options);

// How a process ended.
struct ExitStatus {
  int code = 0;    // exit status if signal is 0
  int signal = 0;  // the signal that ended it, or 0
  // What a shell shows: code, or 128 + signal.
  int ShellStatus() const { return isulad::ShellStatus(code, signal); }
};

// Waits for a child and reaps it.
Result<ExitStatus> WaitForExit(const UniqueFd& pidfd);
// Reaps the child if it has exited; otherwise kUnavailable.
Result<ExitStatus> TryReap(const UniqueFd& pidfd);

// pidfd_open(2). kNotFound if there is no such process.
Result<UniqueFd> OpenPidfd(pid_t pid);
// pidfd_send_signal(2). kNotFound if the process has exited.
Status SendSignal(const UniqueFd& pidfd, int signal);
// Start time in clock ticks since boot (proc(5), stat field 22). Together with the pid it
// identifies a process.
Result<uint64_t> StartTime(pid_t pid);
// A pidfd for `pid` if it is still the process that started at `start_time`; kNotFound otherwise.
Result<UniqueFd> OpenPidfdVerified(pid_t pid, uint64_t start_time);

// Captures the output of a short-lived helper program. RunAndCapture runs it to its end with
// /dev/null as input, in a session of its own. Output beyond `limit` bytes on either stream is read
// and dropped, as is whatever its children write later. If the program has not exited after
// `timeout`, it is killed together with everything still in its process group, and the result is
// kDeadlineExceeded.
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
