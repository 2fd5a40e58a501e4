#include "daemon/modules/cgroup/linux_cgroupfs.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "daemon/modules/cgroup/kernel_files.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/unique_fd.h"

namespace isulad::cgroup {
namespace {

// Polling interval for changes that have no event.
constexpr int kRetryMilliseconds = 2;
// Version 1 shows "no limit" as INT64_MAX rounded down to a page, and pages are 64 KiB at most.
constexpr uint64_t kNoLimitV1 = INT64_MAX & ~uint64_t{0xffff};

std::optional<uint64_t> FindKey(std::string_view text, std::string_view key) {
  for (std::string_view line : Split(text, '\n')) {
    const size_t space = line.find(' ');
    if (space != std::string_view::npos && line.substr(0, space) == key) {
      return ParseUint64(Trim(line.substr(space)));
    }
  }
  return std::nullopt;
}

Error KeyIsMissing(const std::string& file, std::string_view key) {
  return NotFound(Quote(file) + " has no line " + Quote(key));
}

struct Candidate {
  pid_t pid;
  os::UniqueFd pidfd;
};

std::vector<Candidate> OpenCandidates(const std::vector<std::string>& tree) {
  std::vector<Candidate> candidates;
  for (pid_t pid : ReadPids(tree)) {
    if (Result<os::UniqueFd> pidfd = os::OpenPidfd(pid); pidfd) {
      candidates.push_back({pid, *std::move(pidfd)});
    }
  }
  return candidates;
}

// By the time its pidfd is open, a pid that was read can belong to an unrelated process. If the pid
// is still in the cgroup *after* that, either it is the process of the pidfd, or the process of the
// pidfd is dead and cannot be signalled.
void SignalMembers(const std::vector<std::string>& tree, const std::vector<Candidate>& candidates) {
  const std::set<pid_t> members = ReadPids(tree);
  for (const Candidate& candidate : candidates) {
    if (members.contains(candidate.pid)) {
      // It may have exited since, which is the goal.
      IgnoreError(os::SendSignal(candidate.pidfd, SIGKILL));
    }
  }
}

void WaitForAnyExit(const std::vector<Candidate>& candidates, int timeout_ms) {
  std::vector<pollfd> polled;
  polled.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    polled.push_back({candidate.pidfd.get(), POLLIN, 0});
  }
  ::poll(polled.data(), polled.size(), timeout_ms);
}

// Waits until something may have changed in `directory`, which still has dying processes. Version 2
// reports changes through cgroup.events. Version 1 has no event for a cgroup that becomes empty
// (there is one release agent for the whole machine), and a dying process leaves cgroup.procs
// before it leaves the cgroup, so there is no pidfd to wait for either. The only way is to poll.
void WaitForChange(const std::string& directory, Deadline deadline) {
  const Result<uint64_t> populated = ReadKey(directory + "/" + kEvents, kPopulated);
  if (populated && *populated != 0) {
    IgnoreError(WaitForEvent(directory, kPopulated, 0, deadline));  // an error: it is gone
    return;
  }
  ::poll(nullptr, 0, std::min(MillisecondsUntil(deadline), kRetryMilliseconds));
}

// Returns the first error other than ENOENT, and in `busy` the cgroup that caused it.
Status RemoveOnce(const std::string& directory, std::string* busy) {
  for (const std::string& cgroup : TreeOf(directory)) {
    if (::rmdir(cgroup.c_str()) != 0 && errno != ENOENT) {
      *busy = cgroup;
      return SystemError(errno, "remove cgroup " + Quote(cgroup));
    }
  }
  return OkStatus();
}

void AppendTree(const std::filesystem::path& directory, std::vector<std::string>* tree) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  // increment(error): the tree changes during the walk, and an iterator's ++ would throw for that.
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    std::error_code type_error;
    if (entries->symlink_status(type_error).type() == std::filesystem::file_type::directory) {
      AppendTree(entries->path(), tree);
    }
  }
  tree->push_back(directory.string());
}

}  // namespace

std::vector<std::string> TreeOf(const std::string& directory) {
  std::vector<std::string> tree;
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) {
    AppendTree(directory, &tree);
  }
  return tree;
}

Result<uint64_t> ReadNumber(const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(file));
  const std::string_view word = Trim(text);
  if (word == kUnlimited) {
    return UINT64_MAX;
  }
  const auto number = ParseUint64(word);
  if (!number) {
    return Internal(Quote(file) + " holds " + Quote(word) + ", which is not a number");
  }
  return *number >= kNoLimitV1 ? UINT64_MAX : *number;
}

Result<uint64_t> ReadKey(const std::string& file, std::string_view key) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadFile(file));
  const std::optional<uint64_t> number = FindKey(text, key);
  return number ? Result<uint64_t>(*number) : KeyIsMissing(file, key);
}

Result<bool> WaitForEvent(const std::string& directory, std::string_view key, uint64_t wanted,
                          Deadline deadline) {
  const std::string file = directory + "/" + kEvents;
  while (true) {
    // A poll on a descriptor reports changes since that descriptor was last read.
    ASSIGN_OR_RETURN(const os::UniqueFd fd, os::Open(file, O_RDONLY));
    ASSIGN_OR_RETURN(const std::string text, os::ReadAll(fd.get()));
    const std::optional<uint64_t> value = FindKey(text, key);
    if (!value) {
      return KeyIsMissing(file, key);
    }
    const int left_ms = MillisecondsUntil(deadline);
    if (*value == wanted || left_ms == 0) {
      return *value == wanted;
    }
    pollfd polled{fd.get(), POLLPRI, 0};
    ::poll(&polled, 1, left_ms);
  }
}

std::set<pid_t> ReadPids(const std::vector<std::string>& tree) {
  std::set<pid_t> pids;
  for (const std::string& directory : tree) {
    const Result<std::string> text = os::ReadFile(directory + "/" + kProcs);
    if (!text) {
      continue;  // removed since, so it has no processes
    }
    for (std::string_view line : Split(*text, '\n')) {
      // 0 stands for a process whose pid namespace is not beneath ours: it has no pid here and
      // cannot be signalled.
      if (const auto pid = ParseUint64(line); pid && *pid > 0) {
        pids.insert(static_cast<pid_t>(*pid));
      }
    }
  }
  return pids;
}

Status MakeDirectory(const std::string& directory) {
  if (::mkdir(directory.c_str(), 0755) != 0 && errno != EEXIST) {
    return SystemError(errno, "make cgroup " + Quote(directory));
  }
  return OkStatus();
}

Status MoveInto(const std::string& directory, pid_t pid) {
  RETURN_IF_ERROR(MakeDirectory(directory));
  return os::WriteKernelFile(directory + "/" + kProcs, std::to_string(pid));
}

Status KillProcesses(const std::vector<std::string>& tree, Deadline deadline) {
  while (true) {
    const std::vector<Candidate> candidates = OpenCandidates(tree);
    if (candidates.empty()) {
      return OkStatus();
    }
    SignalMembers(tree, candidates);
    if (MillisecondsUntil(deadline) == 0) {
      return Error(Code::kDeadlineExceeded,
                   "processes in cgroup " + Quote(tree.back()) + " do not die");
    }
    // Does not wait for all of them: a child forked between the two reads must be hit soon.
    WaitForAnyExit(candidates, std::min(MillisecondsUntil(deadline), kRetryMilliseconds));
  }
}

Status RemoveTree(const std::string& directory, Deadline deadline) {
  while (true) {
    std::string busy;
    Status status = RemoveOnce(directory, &busy);
    if (status || status.error().system_errno() != EBUSY || MillisecondsUntil(deadline) == 0) {
      return status;
    }
    WaitForChange(busy, deadline);
  }
}

}  // namespace isulad::cgroup
