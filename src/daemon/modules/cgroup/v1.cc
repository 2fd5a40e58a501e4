#include "daemon/modules/cgroup/v1.h"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "daemon/modules/cgroup/cgroup_path.h"
#include "daemon/modules/cgroup/cpu_limits.h"
#include "daemon/modules/cgroup/freezer.h"
#include "daemon/modules/cgroup/kernel_files.h"
#include "daemon/modules/cgroup/linux_cgroupfs.h"
#include "daemon/modules/cgroup/memory_limit.h"
#include "daemon/modules/cgroup/usage.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {
namespace {

// Frozen processes cannot fork away from the signals; they die of them when thawed. This also thaws
// a tree that was paused, whose processes would otherwise never die.
class ScopedFreeze {
 public:
  explicit ScopedFreeze(std::string directory) : file_(std::move(directory) + "/" + kFreezerState) {
    Set(kFrozenV1);
  }
  ScopedFreeze(const ScopedFreeze&) = delete;
  ScopedFreeze& operator=(const ScopedFreeze&) = delete;
  ~ScopedFreeze() { Set(kThawedV1); }

 private:
  // Without a freezer the kill is retried until no process is left, so failing here loses nothing.
  void Set(std::string_view state) const { IgnoreError(os::WriteKernelFile(file_, state)); }

  std::string file_;
};

class HierarchyV1 final : public Hierarchy {
 public:
  explicit HierarchyV1(MountsV1 mounts) : mounts_(std::move(mounts)) {
    for (const auto& [name, directory] : mounts_.directories) {
      distinct_.insert(directory);
    }
    if (!mounts_.unified.empty()) {
      distinct_.insert(mounts_.unified);
    }
  }

  Layout layout() const override { return mounts_.unified.empty() ? Layout::kV1 : Layout::kHybrid; }

  bool HasController(const std::string& name) const override {
    return name != kSystemdDirectory && mounts_.directories.contains(name);
  }

  bool SwapAccounting() const override {
    const auto memory = mounts_.directories.find("memory");
    return memory != mounts_.directories.end() &&
           os::PathExists(memory->second + "/" + kMemoryAndSwapLimit);
  }

  Result<MemoryState> Memory(const std::string& path) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("memory", path));
    return ReadMemory(directory);
  }

  Result<cgroup::Usage> Usage(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    std::map<std::string, std::string> directories;
    for (const auto& [controller, root] : mounts_.directories) {
      directories.emplace(controller, root + path);
    }
    return ReadUsageV1(directories);
  }

  Status SetMemoryLimit(const std::string& path, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("memory", path));
    return SetMemoryLimitV1(directory, memory, SwapAccounting() ? memory_and_swap : std::nullopt);
  }

  Status SetMemoryReservation(const std::string& path, uint64_t bytes) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("memory", path));
    return os::WriteKernelFile(directory + "/" + kMemorySoftLimit, std::to_string(bytes));
  }

  Status SetCpuLimits(const std::string& path, const CpuLimits& limits) const override {
    return SetCpuLimitsV1(
        [&](const std::string& controller) { return DirectoryOf(controller, path); }, limits);
  }

  Result<std::string> MakeExecCgroup(const std::string& /*path*/) const override {
    return std::string();
  }

  // Uses the freezer's hierarchy, as Kill() freezes the processes in it before it signals them.
  Status MoveProcess(pid_t pid, const std::string& path, const std::string& child) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path + child));
    const auto freezer = mounts_.directories.find("freezer");
    if (freezer == mounts_.directories.end() && distinct_.empty()) {
      return FailedPrecondition("no cgroup is mounted");
    }
    const std::string& root =
        freezer != mounts_.directories.end() ? freezer->second : *distinct_.begin();
    return MoveInto(root + path + child, pid);
  }

  std::vector<std::string> MonitorDirectories(const std::string& path) const override {
    std::vector<std::string> result;
    if (const auto systemd = mounts_.directories.find(kSystemdDirectory);
        systemd != mounts_.directories.end()) {
      result.push_back(systemd->second + path);
    }
    if (!mounts_.unified.empty()) {
      result.push_back(mounts_.unified + path);
    }
    return result;
  }

  Status Freeze(const std::string& path, std::chrono::milliseconds timeout) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("freezer", path));
    return FreezeV1(directory, timeout);
  }

  Status Thaw(const std::string& path) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("freezer", path));
    return ThawV1(directory);
  }

  Result<FreezerState> Freezer(const std::string& path) const override {
    ASSIGN_OR_RETURN(const std::string directory, DirectoryOf("freezer", path));
    return ReadFreezerV1(directory);
  }

  // From all hierarchies: in some of them processes may have left the cgroup for children that they
  // made.
  Result<std::set<pid_t>> Processes(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    std::set<pid_t> all;
    for (const std::string& root : distinct_) {
      all.merge(ReadPids(TreeOf(root + path)));
    }
    return all;
  }

  Status Kill(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    const Deadline deadline = std::chrono::steady_clock::now() + kKillTimeout;
    for (const std::string& root : distinct_) {
      RETURN_IF_ERROR(Strike(root + path));
    }
    // Only after all of them: processes frozen in one hierarchy die once the freezer thaws them.
    for (const std::string& root : distinct_) {
      RETURN_IF_ERROR(KillProcesses(TreeOf(root + path), deadline));
    }
    return OkStatus();
  }

  Status Remove(const std::string& path, std::chrono::milliseconds timeout) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    const Deadline deadline = std::chrono::steady_clock::now() + timeout;
    Status first = OkStatus();
    for (const std::string& root : distinct_) {
      Status status = RemoveTree(root + path, deadline);
      if (!status && first) {
        first = std::move(status);  // The others are tried all the same.
      }
    }
    return first;
  }

  void RemoveIfEmpty(const std::string& path) const override {
    for (const std::string& root : distinct_) {
      RemoveDirectoryIfEmpty(root, path);
    }
  }

 private:
  // The cgroup's directory in the hierarchy of a controller.
  Result<std::string> DirectoryOf(const std::string& controller, const std::string& path) const {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    const auto root = mounts_.directories.find(controller);
    if (root == mounts_.directories.end()) {
      return FailedPrecondition("no " + controller + " controller is mounted");
    }
    return root->second + path;
  }

  // Kills the processes that are there now, frozen if the hierarchy has a freezer.
  static Status Strike(const std::string& directory) {
    const std::vector<std::string> tree = TreeOf(directory);
    if (tree.empty()) {
      return OkStatus();
    }
    ScopedFreeze freeze(directory);
    Status status = KillProcesses(tree, std::chrono::steady_clock::now());
    // Running out of time is expected: they cannot die before they are thawed.
    if (!status && status.error().code() != Code::kDeadlineExceeded) {
      return status;
    }
    return OkStatus();
  }

  static Result<MemoryState> ReadMemory(const std::string& directory) {
    MemoryState state;
    ASSIGN_OR_RETURN(state.limit, ReadNumber(directory + "/" + kMemoryLimit));
    ASSIGN_OR_RETURN(state.usage, ReadNumber(directory + "/" + kMemoryUsage));
    // Version 1 counts a kill in the victim's own cgroup only, and an init system makes children.
    for (const std::string& cgroup : TreeOf(directory)) {
      state.oom_kills += ReadKey(cgroup + "/" + kMemoryOomControl, kOomKill).value_or(0);
    }
    return state;
  }

  MountsV1 mounts_;
  std::set<std::string> distinct_;  // each hierarchy once
};

bool IsHierarchy(const std::filesystem::path& directory) {
  return os::PathExists(directory / kProcs);
}

}  // namespace

MountsV1 FindMountsV1(const std::string& root) {
  MountsV1 mounts;
  const Result<std::vector<std::string>> names = os::ListDirectory(root);
  if (!names) {
    return mounts;
  }
  for (const std::string& name : *names) {
    std::error_code error;
    const std::filesystem::path directory =
        std::filesystem::canonical(std::filesystem::path(root) / name, error);
    if (error || !IsHierarchy(directory)) {
      continue;
    }
    if (os::PathExists(directory / kControllers)) {
      mounts.unified = directory;
      continue;
    }
    for (std::string_view controller : Split(name, ',')) {
      mounts.directories.insert_or_assign(std::string(controller), directory.string());
    }
  }
  return mounts;
}

std::unique_ptr<Hierarchy> MakeHierarchyV1(MountsV1 mounts) {
  return std::make_unique<HierarchyV1>(std::move(mounts));
}

}  // namespace isulad::cgroup
