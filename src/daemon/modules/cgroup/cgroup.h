// cgroups of containers, on v1, v2 and hybrid hosts. Containers' cgroups are made by the OCI
// runtime; this module says where they are, reads what happened in them and removes what is left.
//
// Thread-safe.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_
#define ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::cgroup {

enum class Layout {
  kV1,      // controllers on v1, nothing of v2 mounted
  kHybrid,  // controllers on v1, v2 at /sys/fs/cgroup/unified
  kV2,      // pure v2 at /sys/fs/cgroup
};

struct MemoryState {
  uint64_t limit = 0;  // bytes; UINT64_MAX: none
  uint64_t usage = 0;
  uint64_t oom_kills = 0;  // processes that the OOM killer ended here
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
  // Directories of the cgroup `path` in which the monitor lives: those that a service manager uses
  // to end a service's processes (name=systemd and unified on v1 and hybrid, the one hierarchy on
  // v2).
  virtual std::vector<std::string> MonitorDirectories(const std::string& path) const = 0;
  // Kills every process in the cgroup and its children (cgroup.kill where there is one). Success
  // where gone.
  virtual Status Kill(const std::string& path) const = 0;
  // Removes the cgroup and its children from all hierarchies: waits until dying processes have left
  // it, at most `timeout_ms`. Success where gone.
  virtual Status Remove(const std::string& path, int timeout_ms) const = 0;
  // Removes it where it is empty and has no children; any other outcome is ignored.
  virtual void RemoveIfEmpty(const std::string& path) const = 0;
};

// Finds out the layout of the tree mounted at `root` and serves it. kFailedPrecondition where no
// cgroup is mounted there.
Result<std::unique_ptr<Hierarchy>> OpenHierarchy(const std::string& root = "/sys/fs/cgroup");

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_CGROUP_H_
