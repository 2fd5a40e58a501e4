// The cgroups of a machine in memory, with numbers for processes.
//
// What the contract (cgroup_contract.h) promises of the real ones holds, with two differences: no
// call waits, because no time passes here, and what a call cannot end stays until the test ends it.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_CGROUPS_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_CGROUPS_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "support/fakes/steps.h"
#include "utils/base/mutex.h"

namespace isulad::test {

// Thread-safe.
class FakeCgroups final : public cgroup::Hierarchy {
 public:
  // Called for each process that is killed, after it has left its cgroup and without a lock: it may
  // call the fake again.
  using OnKill = std::function<void(pid_t pid)>;

  // `steps` may be nullptr; each call that can fail takes the step "cgroup <Method>".
  explicit FakeCgroups(Steps* steps = nullptr, cgroup::Layout layout = cgroup::Layout::kV2)
      : steps_(steps), layout_(layout) {}

  // What the machine and its processes do; none of it is a step.

  void set_on_kill(OnKill on_kill) EXCLUDES(mutex_);
  // Makes a cgroup and its parents.
  void Make(const std::string& path) EXCLUDES(mutex_);
  bool Exists(const std::string& path) const EXCLUDES(mutex_);
  // Puts a process into a cgroup, which is made where missing, and takes it out of the one where it
  // was.
  void Put(pid_t pid, const std::string& path) EXCLUDES(mutex_);
  // The process has ended.
  void Leave(pid_t pid) EXCLUDES(mutex_);
  // What an OCI runtime does at last: kills all in it, the unkillable too, and removes it.
  void Destroy(const std::string& path) EXCLUDES(mutex_);
  // Survives each Kill() until it leaves.
  void MakeUnkillable(pid_t pid) EXCLUDES(mutex_);
  // Keeps its cgroup from being frozen until it leaves.
  void MakeUnfreezable(pid_t pid) EXCLUDES(mutex_);
  // All controllers are there until one is said not to be; "freezer" is one of them on v2 too.
  void TakeAway(const std::string& controller) EXCLUDES(mutex_);
  void SetMemoryUsage(const std::string& path, uint64_t bytes) EXCLUDES(mutex_);
  void AddOomKill(const std::string& path) EXCLUDES(mutex_);
  void SetCpuTime(const std::string& path, uint64_t nanoseconds) EXCLUDES(mutex_);

  // What was set; defaults where the cgroup is gone.
  cgroup::CpuLimits CpuLimitsOf(const std::string& path) const EXCLUDES(mutex_);
  uint64_t MemoryReservationOf(const std::string& path) const EXCLUDES(mutex_);
  std::optional<uint64_t> MemoryAndSwapOf(const std::string& path) const EXCLUDES(mutex_);

  // A line for each cgroup, with its processes and what was set. Empty parents that were made for
  // their children's sake are not told: they stay on a real machine as well.
  std::string Dump() const EXCLUDES(mutex_);

  cgroup::Layout layout() const override { return layout_; }
  bool HasController(const std::string& name) const override EXCLUDES(mutex_);
  bool SwapAccounting() const override { return true; }
  Result<cgroup::MemoryState> Memory(const std::string& path) const override EXCLUDES(mutex_);
  Result<cgroup::Usage> Usage(const std::string& path) const override EXCLUDES(mutex_);
  Status SetMemoryLimit(const std::string& path, uint64_t memory,
                        std::optional<uint64_t> memory_and_swap) const override EXCLUDES(mutex_);
  Status SetMemoryReservation(const std::string& path, uint64_t bytes) const override
      EXCLUDES(mutex_);
  Status SetCpuLimits(const std::string& path, const cgroup::CpuLimits& limits) const override
      EXCLUDES(mutex_);
  std::vector<std::string> MonitorDirectories(const std::string& path) const override;
  Result<std::string> MakeExecCgroup(const std::string& path) const override EXCLUDES(mutex_);
  Status MoveProcess(pid_t pid, const std::string& path, const std::string& child) const override
      EXCLUDES(mutex_);
  Status Freeze(const std::string& path, std::chrono::milliseconds timeout) const override
      EXCLUDES(mutex_);
  Status Thaw(const std::string& path) const override EXCLUDES(mutex_);
  Result<cgroup::FreezerState> Freezer(const std::string& path) const override EXCLUDES(mutex_);
  Result<std::set<pid_t>> Processes(const std::string& path) const override EXCLUDES(mutex_);
  Status Kill(const std::string& path) const override EXCLUDES(mutex_);
  Status Remove(const std::string& path, std::chrono::milliseconds timeout) const override
      EXCLUDES(mutex_);
  void RemoveIfEmpty(const std::string& path) const override EXCLUDES(mutex_);

 private:
  struct Cgroup {
    bool asked_for = false;  // not only made for a child
    bool frozen = false;     // itself; its parents count too
    std::set<pid_t> processes{};
    uint64_t memory_usage = 0;
    uint64_t memory_limit = UINT64_MAX;
    std::optional<uint64_t> memory_and_swap{};
    uint64_t memory_reservation = 0;
    uint64_t oom_kills = 0;
    uint64_t cpu_time = 0;
    cgroup::CpuLimits cpu{};
  };
  using Cgroups = std::map<std::string, Cgroup>;  // by path: parents before children

  // Of each method: what the path is worth, and the step.
  Status Begin(const char* method, const std::string& path) const;
  // The cgroup, which needs the controller; kNotFound or kFailedPrecondition.
  Result<Cgroup*> Find(const std::string& path, const char* controller) const REQUIRES(mutex_);
  // `path` and those beneath it, children last; none where it is gone.
  std::vector<Cgroups::iterator> TreeOf(const std::string& path) const REQUIRES(mutex_);
  std::set<pid_t> ProcessesIn(const std::string& path) const REQUIRES(mutex_);
  bool IsFrozen(const std::string& path) const REQUIRES(mutex_);
  Cgroup& MakeLocked(const std::string& path) const REQUIRES(mutex_);
  void TakeOut(pid_t pid) const REQUIRES(mutex_);
  void Forget(pid_t pid) const REQUIRES(mutex_);
  // Takes those that `dies` holds for out; returns them.
  std::set<pid_t> Strike(const std::string& path, const std::function<bool(pid_t)>& dies) const
      REQUIRES(mutex_);
  // Tells the hook, without the lock.
  void Tell(const std::set<pid_t>& killed) const EXCLUDES(mutex_);

  Steps* const steps_;
  const cgroup::Layout layout_;
  mutable Mutex mutex_;
  OnKill on_kill_ GUARDED_BY(mutex_);
  // Mutable: the interface is that of something outside of the process.
  mutable Cgroups cgroups_ GUARDED_BY(mutex_);
  mutable std::set<pid_t> unkillable_ GUARDED_BY(mutex_);
  mutable std::set<pid_t> unfreezable_ GUARDED_BY(mutex_);
  std::set<std::string> missing_controllers_ GUARDED_BY(mutex_);
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_CGROUPS_H_
