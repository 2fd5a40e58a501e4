#include "daemon/modules/cgroup/v2.h"

#include <algorithm>
#include <chrono>
#include <string_view>
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

// Shared by all processes that join a container: with one cgroup for each exec they would pile up.
constexpr char kExecCgroup[] = "/isula.exec";

class HierarchyV2 final : public Hierarchy {
 public:
  explicit HierarchyV2(std::string root) : root_(std::move(root)) {}

  Layout layout() const override { return Layout::kV2; }

  bool HasController(const std::string& name) const override {
    const Result<std::string> text = os::ReadFile(root_ + "/" + kControllers);
    if (!text) {
      return false;
    }
    const std::vector<std::string_view> controllers = Split(Trim(*text), ' ');
    return std::find(controllers.begin(), controllers.end(), name) != controllers.end();
  }

  // The root cgroup has no limits, so the answer comes from a child with the memory controller. If
  // there is none yet, swap is taken to be accounted, as every kernel does since 6.1, and since 5.8
  // unless told otherwise.
  bool SwapAccounting() const override {
    const Result<std::vector<std::string>> names = os::ListDirectory(root_);
    if (!names) {
      return false;
    }
    for (const std::string& name : *names) {
      const std::string child = root_ + "/" + name + "/";
      if (os::PathExists(child + kMemoryMax)) {
        return os::PathExists(child + kMemorySwapMax);
      }
    }
    return true;
  }

  Result<MemoryState> Memory(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    const std::string directory = root_ + path + "/";
    MemoryState state;
    ASSIGN_OR_RETURN(state.limit, ReadNumber(directory + kMemoryMax));
    ASSIGN_OR_RETURN(state.usage, ReadNumber(directory + kMemoryCurrent));
    // Includes kills in the children.
    ASSIGN_OR_RETURN(state.oom_kills, ReadKey(directory + kMemoryEvents, kOomKill));
    return state;
  }

  Result<cgroup::Usage> Usage(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return ReadUsageV2(root_ + path);
  }

  Status SetMemoryLimit(const std::string& path, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return SetMemoryLimitV2(root_ + path, memory, memory_and_swap);
  }

  Status SetMemoryReservation(const std::string& path, uint64_t bytes) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return os::WriteKernelFile(root_ + path + "/" + kMemoryLow, std::to_string(bytes));
  }

  Status SetCpuLimits(const std::string& path, const CpuLimits& limits) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return SetCpuLimitsV2(root_ + path, limits);
  }

  std::vector<std::string> MonitorDirectories(const std::string& path) const override {
    return {root_ + path};
  }

  Result<std::string> MakeExecCgroup(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    RETURN_IF_ERROR(MakeDirectory(root_ + path + kExecCgroup));
    return std::string(kExecCgroup);
  }

  Status MoveProcess(pid_t pid, const std::string& path, const std::string& child) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path + child));
    return MoveInto(root_ + path + child, pid);
  }

  Status Freeze(const std::string& path, std::chrono::milliseconds timeout) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return FreezeV2(root_ + path, timeout);
  }

  Status Thaw(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return ThawV2(root_ + path);
  }

  Result<FreezerState> Freezer(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return ReadFreezerV2(root_ + path);
  }

  Result<std::set<pid_t>> Processes(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return ReadPids(TreeOf(root_ + path));
  }

  Status Kill(const std::string& path) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    const std::string directory = root_ + path;
    const Status written = os::WriteKernelFile(directory + "/" + kKill, "1");
    if (!written && !os::PathExists(directory)) {
      return OkStatus();
    }
    // Needed after cgroup.kill too: that returns when the signals are sent, this when no process is
    // listed any more.
    return KillProcesses(TreeOf(directory), std::chrono::steady_clock::now() + kKillTimeout);
  }

  Status Remove(const std::string& path, std::chrono::milliseconds timeout) const override {
    RETURN_IF_ERROR(CheckCgroupPath(path));
    return RemoveTree(root_ + path, std::chrono::steady_clock::now() + timeout);
  }

  void RemoveIfEmpty(const std::string& path) const override {
    RemoveDirectoryIfEmpty(root_, path);
  }

 private:
  std::string root_;
};

}  // namespace

std::unique_ptr<Hierarchy> MakeHierarchyV2(std::string root) {
  return std::make_unique<HierarchyV2>(std::move(root));
}

}  // namespace isulad::cgroup
