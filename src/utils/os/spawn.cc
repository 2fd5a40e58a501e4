// The implementation of Spawn().
//
// The child shares the caller's memory, and the calling thread is suspended until the child execs
// (CLONE_VM, CLONE_VFORK), as in posix_spawn(): copying the page tables of a large process costs
// more than everything else. The child therefore works on data prepared for it, calls only
// async-signal-safe functions, and receives no signal before it has the default dispositions.
// CLONE_INTO_CGROUP exists only in clone3(), which glibc does not wrap. Called without a separate
// stack, it must not share memory, so that child is a fork.
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "utils/base/strings.h"
#include "utils/os/process.h"

namespace isulad::os {
namespace {

constexpr size_t kStackBytes = 64 * 1024;
constexpr int kStandardDescriptors = 3;
constexpr int kFailedChild = 127;
// ThreadSanitizer treats every clone() as a fork; shared memory would corrupt its bookkeeping.
#if defined(__SANITIZE_THREAD__)
constexpr int kShareMemory = 0;
#else
constexpr int kShareMemory = CLONE_VM;
#endif

enum class Step {
  kNone,
  kSession,
  kOomScore,
  kDirectory,
  kNamespace,
  kDescriptors,
  kDescriptorLimit,
  kExec
};

// The child's report of a failed step, in memory that is shared even with a fork.
struct Report {
  Step step;
  int system_errno;
};

struct Target {
  int from;    // -1: /dev/null
  int to;      // its number in the child
  int parked;  // its number until all sources have been moved
};

// Everything that the child needs, prepared before the child exists.
struct Plan {
  const SpawnOptions* options;
  std::vector<char*> argv;
  std::vector<char*> env;
  std::vector<Target> targets;  // sorted by number in the child
  std::string oom_score;        // for procfs; empty: unchanged
  std::vector<int> branches;    // room for one descriptor per path of the mount namespace
  Report* report;
};

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (const std::string& text : strings) {
    // execve() writes to none of the strings; its signature predates const.
    pointers.push_back(const_cast<char*>(text.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

Result<std::vector<Target>> PlanTargets(const SpawnOptions& options) {
  std::vector<Target> targets;
  for (const auto& [from, to] : options.descriptors) {
    if (from < 0 || to < 0) {
      return InvalidArgument("a descriptor for the child is negative");
    }
    targets.push_back({from, to, -1});
  }
  for (int standard = 0; standard < kStandardDescriptors; ++standard) {
    const bool named =
        std::any_of(targets.begin(), targets.end(),
                    [standard](const Target& target) { return target.to == standard; });
    if (!named) {
      targets.push_back({-1, standard, -1});
    }
  }
  std::sort(targets.begin(), targets.end(),
            [](const Target& a, const Target& b) { return a.to < b.to; });
  const auto same =
      std::adjacent_find(targets.begin(), targets.end(),
                         [](const Target& a, const Target& b) { return a.to == b.to; });
  if (same != targets.end()) {
    return InvalidArgument("descriptor " + std::to_string(same->to) +
                           " of the child is named twice");
  }
  return targets;
}

// From here to RunChild(): code that runs in the child.

int Fail(const Plan& plan, Step step) {
  *plan.report = {step, errno};
  return kFailedChild;
}

// First moves all sources above all targets, so that no dup2() overwrites one that is still needed.
bool ArrangeDescriptors(std::vector<Target>& targets) {
  const int first_free = targets.back().to + 1;
  for (Target& target : targets) {
    const int source = target.from >= 0 ? target.from : ::open("/dev/null", O_RDWR | O_CLOEXEC);
    target.parked = ::fcntl(source, F_DUPFD_CLOEXEC, first_free);
    if (target.parked < 0) {
      return false;
    }
    if (target.from < 0) {
      ::close(source);
    }
  }
  for (const Target& target : targets) {
    if (::dup2(target.parked, target.to) < 0) {
      return false;
    }
  }
  unsigned next = 0;
  for (const Target& target : targets) {
    const auto number = static_cast<unsigned>(target.to);
    if (number > next && ::close_range(next, number - 1, 0) != 0) {
      return false;
    }
    next = number + 1;
  }
  return ::close_range(next, ~0u, 0) == 0;
}

bool CloneTree(const std::string& path, unsigned recursion, int& branch) {
  branch = ::open_tree(AT_FDCWD, path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursion);
  return branch >= 0;
}

bool AttachTree(int branch, const std::string& path) {
  return ::move_mount(branch, "", AT_FDCWD, path.c_str(),
                      MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS) == 0;
}

// Visits the paths of `space`, in the order in which they are mounted.
template <typename Visit>
bool VisitPaths(const SpawnNamespace& space, std::vector<int>& branches, Visit visit) {
  size_t next = 0;
  for (const std::string& path : space.mounts) {
    if (!visit(path, 0u, branches[next++])) {
      return false;
    }
  }
  for (const std::string& path : space.trees) {
    if (!visit(path, unsigned{AT_RECURSIVE}, branches[next++])) {
      return false;
    }
  }
  return true;
}

bool EnterCopyOf(const SpawnNamespace& space, std::vector<int>& branches) {
  return VisitPaths(space, branches, CloneTree) && ::setns(space.fd, CLONE_NEWNS) == 0 &&
         ::unshare(CLONE_NEWNS) == 0 &&
         VisitPaths(space, branches, [](const std::string& path, unsigned, int branch) {
           return AttachTree(branch, path);
         });
}

// The mount namespace that the child is in: one of its own, which it may change freely (kOwn), the
// caller's (kCallers), or unknown because the return to the caller's failed (kLost).
enum class Place { kOwn, kCallers, kLost };

// Enters the requested namespace, or returns to the caller's. Descriptors opened here are closed by
// ArrangeDescriptors.
Place EnterNamespace(const SpawnNamespace& space, std::vector<int>& branches) {
  if (space.fd < 0) {
    return Place::kCallers;
  }
  const int callers = ::open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
  if (callers < 0) {
    return Place::kCallers;
  }
  if (EnterCopyOf(space, branches)) {
    return Place::kOwn;
  }
  return ::setns(callers, CLONE_NEWNS) == 0 ? Place::kCallers : Place::kLost;
}

// Gives the child its own namespace, so that the host keeps its mount. Slave, not private: unmounts
// on the host must propagate to it, or a long-lived container would hold those mounts.
bool LeaveCallersNamespace() {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0;
}

bool HideUnifiedCgroup() {
  return ::umount2("/sys/fs/cgroup/unified", MNT_DETACH) == 0 || errno == ENOENT || errno == EINVAL;
}

bool ChooseNamespace(const SpawnOptions& options, std::vector<int>& branches) {
  const Place place = EnterNamespace(options.mount_namespace, branches);
  if (place == Place::kLost || !options.hide_unified_cgroup) {
    return place != Place::kLost;
  }
  return (place == Place::kOwn || LeaveCallersNamespace()) && HideUnifiedCgroup();
}

// Affects only the child: the kernel leaves out processes that share memory with a vfork's child.
bool SetOomScore(const std::string& score) {
  if (score.empty()) {
    return true;
  }
  const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) {
    return false;
  }
  const bool written = ::write(file, score.data(), score.size()) >= 0;
  const int reason = errno;
  ::close(file);
  errno = reason;
  return written;
}

bool SetDescriptorLimit(uint64_t soft) {
  struct rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return false;
  }
  limit.rlim_cur = std::min<rlim_t>(soft, limit.rlim_max);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

void ResetSignals() {
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) {
    // Fails for SIGKILL, SIGSTOP and the two signals that the C library reserves.
    ::sigaction(signal, &action, nullptr);
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

int RunChild(void* argument) {
  Plan& plan = *static_cast<Plan*>(argument);
  const SpawnOptions& options = *plan.options;
  if (options.new_session && ::setsid() < 0) {
    return Fail(plan, Step::kSession);
  }
  if (!SetOomScore(plan.oom_score)) {
    return Fail(plan, Step::kOomScore);
  }
  if (options.umask) {
    ::umask(*options.umask);
  }
  if (!ChooseNamespace(options, plan.branches)) {
    return Fail(plan, Step::kNamespace);
  }
  if (::chdir(options.working_directory.c_str()) != 0) {
    return Fail(plan, Step::kDirectory);
  }
  if (!ArrangeDescriptors(plan.targets)) {
    return Fail(plan, Step::kDescriptors);
  }
  if (options.descriptor_limit && !SetDescriptorLimit(*options.descriptor_limit)) {
    return Fail(plan, Step::kDescriptorLimit);
  }
  ResetSignals();
  ::execve(options.program.c_str(), plan.argv.data(), plan.env.data());
  return Fail(plan, Step::kExec);
}

// From here on: code that runs in the parent.

// A mapping that is shared across forks: the report, and the stack of a child that shares memory.
class SharedRegion {
 public:
  static Result<SharedRegion> Create() {
    void* start = ::mmap(nullptr, kStackBytes + sizeof(Report), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
      return SystemError(errno, "map memory for a child");
    }
    return SharedRegion(start);
  }
  SharedRegion(SharedRegion&& other) noexcept : start_(std::exchange(other.start_, nullptr)) {}
  SharedRegion& operator=(SharedRegion&&) = delete;
  ~SharedRegion() {
    if (start_ != nullptr) {
      ::munmap(start_, kStackBytes + sizeof(Report));
    }
  }

  // Stacks grow downwards, away from the report.
  void* stack_top() const { return static_cast<char*>(start_) + kStackBytes; }
  Report* report() const { return static_cast<Report*>(stack_top()); }

 private:
  explicit SharedRegion(void* start) : start_(start) {}
  void* start_;
};

class BlockAllSignals {
 public:
  BlockAllSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockAllSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockAllSignals(const BlockAllSignals&) = delete;
  BlockAllSignals& operator=(const BlockAllSignals&) = delete;

 private:
  sigset_t before_;
};

pid_t CloneIntoCgroup(Plan& plan, int cgroup_fd, int& pidfd) {
  clone_args arguments = {};
  arguments.flags = CLONE_PIDFD | CLONE_VFORK | CLONE_INTO_CGROUP;
  arguments.pidfd = reinterpret_cast<uintptr_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  arguments.cgroup = static_cast<uint64_t>(cgroup_fd);
  const long pid = ::syscall(SYS_clone3, &arguments, sizeof(arguments));
  if (pid == 0) {
    ::_exit(RunChild(&plan));
  }
  return static_cast<pid_t>(pid);
}

pid_t Clone(Plan& plan, void* stack_top, int& pidfd) {
  if (plan.options->cgroup_fd >= 0) {
    return CloneIntoCgroup(plan, plan.options->cgroup_fd, pidfd);
  }
  const int flags = kShareMemory | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
  return ::clone(RunChild, stack_top, flags, &plan, &pidfd);
}

Error ChildError(const Report& report, const SpawnOptions& options) {
  switch (report.step) {
    case Step::kSession:
      return SystemError(report.system_errno, "start a session");
    case Step::kOomScore:
      return SystemError(report.system_errno, "set oom_score_adj");
    case Step::kDirectory:
      return SystemError(report.system_errno,
                         "change to directory " + Quote(options.working_directory));
    case Step::kNamespace:
      return SystemError(report.system_errno, "make a mount namespace");
    case Step::kDescriptors:
      return SystemError(report.system_errno, "arrange descriptors");
    case Step::kDescriptorLimit:
      return SystemError(report.system_errno, "set the limit of descriptors");
    default:
      return SystemError(report.system_errno, "execute");
  }
}

Result<Process> SpawnPlanned(Plan& plan, const SharedRegion& region) {
  Process process;
  int pidfd = -1;
  {
    const BlockAllSignals blocked;
    process.pid = Clone(plan, region.stack_top(), pidfd);
  }
  if (process.pid < 0) {
    return SystemError(errno, "clone");
  }
  process.pidfd.reset(pidfd);
  // CLONE_VFORK: the child has executed the program or exited by now.
  if (plan.report->step == Step::kNone) {
    return process;
  }
  RETURN_IF_ERROR(WaitForExit(process.pidfd));
  return ChildError(*plan.report, *plan.options);
}

}  // namespace

Result<Process> Spawn(const SpawnOptions& options) {
  ASSIGN_OR_RETURN(std::vector<Target> targets, PlanTargets(options));
  ASSIGN_OR_RETURN(const SharedRegion region, SharedRegion::Create());
  const SpawnNamespace& space = options.mount_namespace;
  Plan plan = {&options,
               Pointers(options.argv),
               Pointers(options.env),
               std::move(targets),
               options.oom_score_adj ? std::to_string(*options.oom_score_adj) : std::string(),
               std::vector<int>(space.mounts.size() + space.trees.size(), -1),
               region.report()};
  Result<Process> process = SpawnPlanned(plan, region);
  if (!process) {
    return std::move(process).error().AddContext("start " + Quote(options.program));
  }
  return process;
}

}  // namespace isulad::os
