// The cgroups of containers, on v1, v2 and hybrid hosts. The OCI runtime makes a container's
// cgroups; this module finds them, reads their statistics, changes their limits and removes what is
// left of them.
//
// Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::cgroup {

enum class Layout {
  kV1,      // controllers on v1, v2 not mounted
  kHybrid,  // controllers on v1, v2 at /sys/fs/cgroup/unified
  kV2,      // pure v2 at /sys/fs/cgroup
};

enum class FreezerState {
  kThawed,
  kFreezing,  // requested, but some process is not frozen yet
  kFrozen,
};

struct MemoryState {
  uint64_t limit = 0;  // bytes; UINT64_MAX: none
  uint64_t usage = 0;
  uint64_t oom_kills = 0;  // processes that the OOM killer ended, children's included
};

struct Transferred {
  uint64_t read = 0;  // bytes
  uint64_t written = 0;
};

// Resources that the processes of a cgroup and its children use and have used. A figure is not set
// if the host lacks its controller.
struct Usage {
  std::optional<uint64_t> cpu_time;      // nanoseconds, summed over all processors
  std::optional<uint64_t> memory;        // bytes, without reclaimable file pages
  std::optional<uint64_t> memory_limit;  // bytes; UINT64_MAX: none
  std::optional<uint64_t> pids;
  std::optional<uint64_t> pids_limit;  // UINT64_MAX: none
  std::optional<Transferred> devices;  // from and to block devices
};

// 0 and empty leave the present value unchanged.
struct CpuLimits {
  int64_t shares = 0;  // the weight of version 1; converted for version 2 as runtimes do
  int64_t quota = 0;   // microseconds; -1: unlimited
  int64_t period = 0;  // microseconds; version 2 uses the default if only a quota is given
  std::string cpus{};  // "0-2,4"
  std::string mems{};
};

class Hierarchy {
 public:
  virtual ~Hierarchy() = default;
  virtual Layout layout() const = 0;
  virtual bool HasController(const std::string& name) const = 0;
  // Whether swap is accounted (memory.memsw.* on v1, memory.swap.max on v2).
  virtual bool SwapAccounting() const = 0;
  // `path`, here and below, is the cgroup's path below the root of each hierarchy: "/isulad/<id>".
  // kNotFound if the cgroup is gone.
  virtual Result<MemoryState> Memory(const std::string& path) const = 0;
  // kNotFound if the cgroup is gone.
  virtual Result<cgroup::Usage> Usage(const std::string& path) const = 0;
  // Sets the memory limit and, if given, the limit of memory and swap together. Both are in bytes
  // and whole pages; UINT64_MAX means no limit. On version 2 swap gets what `memory_and_swap`
  // exceeds `memory` by. Lowering the limit reclaims memory first. If more than `memory` stays in
  // use, fails with kResourceExhausted, whose message states the usage: nothing has been changed
  // then, and nothing killed. kNotFound if the cgroup is gone.
  virtual Status SetMemoryLimit(const std::string& path, uint64_t memory,
                                std::optional<uint64_t> memory_and_swap) const = 0;
  // Sets the memory, in bytes, that the cgroup keeps when the host runs short. kNotFound as above.
  virtual Status SetMemoryReservation(const std::string& path, uint64_t bytes) const = 0;
  // kNotFound if the cgroup is gone, kFailedPrecondition if a controller is not mounted. On an
  // error some of the limits may have been set.
  virtual Status SetCpuLimits(const std::string& path, const CpuLimits& limits) const = 0;
  // Directories of the cgroup `path` for the monitor to live in: those of the hierarchies that a
  // service manager uses to end the processes of a service (name=systemd and unified on v1 and
  // hybrid, the one hierarchy on v2).
  virtual std::vector<std::string> MonitorDirectories(const std::string& path) const = 0;
  // Makes, if missing, the cgroup below `path` for processes that join a container whose init
  // manages cgroups, and returns its name: "/isula.exec" on version 2, where a cgroup with
  // processes in it cannot delegate controllers to its children (cgroup-v2.rst, "No Internal
  // Process Constraint"). Empty on version 1, which has no such rule. kNotFound if the cgroup is
  // gone.
  virtual Result<std::string> MakeExecCgroup(const std::string& path) const = 0;
  // Moves a process of the cgroup `path` into its child cgroup `child` ("/name"), which is made if
  // missing. The move is made in one hierarchy only, one that Processes() and Kill() look at; the
  // limits of `path` still apply to the process. kNotFound if the cgroup is gone, an error with
  // ESRCH if the process is gone.
  virtual Status MoveProcess(pid_t pid, const std::string& path,
                             const std::string& child) const = 0;
  // Freezes every process in the cgroup and its children, including processes forked while it
  // works. Waits until all are frozen, at most `timeout`, then fails with kDeadlineExceeded. After
  // an error the processes run. kNotFound if the cgroup is gone, kFailedPrecondition if there is no
  // freezer.
  virtual Status Freeze(const std::string& path, std::chrono::milliseconds timeout) const = 0;
  // Resumes frozen processes. Succeeds if nothing was frozen or the cgroup is gone.
  virtual Status Thaw(const std::string& path) const = 0;
  // kNotFound if the cgroup is gone.
  virtual Result<FreezerState> Freezer(const std::string& path) const = 0;
  // The pids of the processes in the cgroup and its children. Empty if the cgroup is gone.
  virtual Result<std::set<pid_t>> Processes(const std::string& path) const = 0;
  // Kills every process in the cgroup and its children, through cgroup.kill if the kernel has it.
  // Succeeds if the cgroup is gone.
  virtual Status Kill(const std::string& path) const = 0;
  // Removes the cgroup and its children from all hierarchies. Waits for dying processes to leave
  // them, at most `timeout`. Succeeds if the cgroup is gone.
  virtual Status Remove(const std::string& path, std::chrono::milliseconds timeout) const = 0;
  // Removes the cgroup if it is empty and has no children; any other outcome is ignored.
  virtual void RemoveIfEmpty(const std::string& path) const = 0;
};

// Detects the layout of the tree mounted at `root`. kFailedPrecondition if no cgroup hierarchy is
// mounted there.
Result<std::unique_ptr<Hierarchy>> OpenHierarchy(const std::string& root = "/sys/fs/cgroup");

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_
