// cgroups of containers, on v1, v2 and hybrid hosts. Containers' cgroups are made by the OCI
// runtime; this module says where they are, reads what happened in them and removes what is left.
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
  kV1,      // controllers on v1, nothing of v2 mounted
  kHybrid,  // controllers on v1, v2 at /sys/fs/cgroup/unified
  kV2,      // pure v2 at /sys/fs/cgroup
};

enum class FreezerState {
  kThawed,
  kFreezing,  // it was asked for, and some process does not stand still yet
  kFrozen,
};

struct MemoryState {
  uint64_t limit = 0;  // bytes; UINT64_MAX: none
  uint64_t usage = 0;
  uint64_t oom_kills = 0;  // processes that the OOM killer ended here
};

struct Transferred {
  uint64_t read = 0;  // bytes
  uint64_t written = 0;
};

// What the processes of a cgroup and its children use and have used. A figure whose controller the
// host has not is not set.
struct Usage {
  std::optional<uint64_t> cpu_time;      // nanoseconds on all processors together
  std::optional<uint64_t> memory;        // bytes, without pages of files that can be dropped
  std::optional<uint64_t> memory_limit;  // bytes; UINT64_MAX: none
  std::optional<uint64_t> pids;
  std::optional<uint64_t> pids_limit;  // UINT64_MAX: none
  std::optional<Transferred> devices;  // from and to block devices
};

// What 0 and empty leave as it is.
struct CpuLimits {
  int64_t shares = 0;  // version 1's weight; turned into one of version 2 as the runtimes do
  int64_t quota = 0;   // microseconds; -1: unlimited
  int64_t period = 0;  // microseconds; with a quota alone version 2 takes the default
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
  // `path` is the cgroup's path below each hierarchy's root, "/isulad/<id>". kNotFound where it is
  // gone.
  virtual Result<MemoryState> Memory(const std::string& path) const = 0;
  // kNotFound where it is gone.
  virtual Result<cgroup::Usage> Usage(const std::string& path) const = 0;
  // Sets the memory limit and, where given, that of memory and swap together (bytes, whole pages;
  // on version 2 what it leaves for swap; UINT64_MAX: none). To lower it, what can be reclaimed is;
  // where more than `memory` stays in use, kResourceExhausted, which says how much: nothing is
  // changed then, and nothing killed. kNotFound where the cgroup is gone.
  virtual Status SetMemoryLimit(const std::string& path, uint64_t memory,
                                std::optional<uint64_t> memory_and_swap) const = 0;
  // The memory that it keeps when the host is short of it, bytes. kNotFound as above.
  virtual Status SetMemoryReservation(const std::string& path, uint64_t bytes) const = 0;
  // kNotFound where the cgroup is gone, kFailedPrecondition where a controller is not mounted.
  // Where it fails, a part may have been set.
  virtual Status SetCpuLimits(const std::string& path, const CpuLimits& limits) const = 0;
  // Directories of the cgroup `path` in which the monitor lives: those that a service manager uses
  // to end a service's processes (name=systemd and unified on v1 and hybrid, the one hierarchy on
  // v2).
  virtual std::vector<std::string> MonitorDirectories(const std::string& path) const = 0;
  // The cgroup below `path` for processes that join an init which manages cgroups, made where
  // missing: "/isula.exec" on version 2, where a cgroup with processes in it cannot hand
  // controllers to its children (cgroup-v2.rst, "No Internal Process Constraint"). Empty on version
  // 1, which has no such rule. kNotFound where the cgroup is gone.
  virtual Result<std::string> MakeExecCgroup(const std::string& path) const = 0;
  // Moves a process of the cgroup `path` into the one `child` ("/name") below it, made where
  // missing: in one hierarchy, of those that Processes() and Kill() look at. Its limits stay those
  // of `path`. kNotFound where the cgroup is gone, an error with ESRCH where the process is.
  virtual Status MoveProcess(pid_t pid, const std::string& path,
                             const std::string& child) const = 0;
  // Stops every process in the cgroup and its children, those that are forked meanwhile too, and
  // waits until all stand still, at most `timeout`: kDeadlineExceeded then. Where it fails, they
  // run. kNotFound where the cgroup is gone, kFailedPrecondition where there is no freezer.
  virtual Status Freeze(const std::string& path, std::chrono::milliseconds timeout) const = 0;
  // Lets them go on. Success where nothing was frozen, and where gone.
  virtual Status Thaw(const std::string& path) const = 0;
  // kNotFound where the cgroup is gone.
  virtual Result<FreezerState> Freezer(const std::string& path) const = 0;
  // The processes in the cgroup and its children, by number. None where it is gone.
  virtual Result<std::set<pid_t>> Processes(const std::string& path) const = 0;
  // Kills every process in the cgroup and its children (cgroup.kill where there is one). Success
  // where gone.
  virtual Status Kill(const std::string& path) const = 0;
  // Removes the cgroup and its children from all hierarchies: waits until dying processes have left
  // it, at most `timeout`. Success where gone.
  virtual Status Remove(const std::string& path, std::chrono::milliseconds timeout) const = 0;
  // Removes it where it is empty and has no children; any other outcome is ignored.
  virtual void RemoveIfEmpty(const std::string& path) const = 0;
};

// Finds out the layout of the tree mounted at `root` and serves it. kFailedPrecondition where no
// cgroup is mounted there.
Result<std::unique_ptr<Hierarchy>> OpenHierarchy(const std::string& root = "/sys/fs/cgroup");

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_
