// This machine's own cgroups as the world of the contract suite.
#ifndef ISULAD_TEST_INTEGRATION_CGROUP_LINUX_WORLD_H_
#define ISULAD_TEST_INTEGRATION_CGROUP_LINUX_WORLD_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/cgroup/cgroup.h"
#include "support/fakes/cgroup_contract.h"
#include "utils/os/process.h"

namespace isulad::test {

class LinuxCgroupWorld final : public CgroupWorld {
 public:
  // nullptr without root, and where no cgroups are mounted at `mount`.
  static std::unique_ptr<CgroupWorld> Create(const std::string& mount);
  // Kills all that was started and removes all cgroups beneath root().
  ~LinuxCgroupWorld() override;

  const cgroup::Hierarchy& hierarchy() const override { return *hierarchy_; }
  std::string root() const override { return root_; }
  void Make(const std::string& path) override;
  bool Exists(const std::string& path) const override;
  pid_t Start(const std::string& path) override;
  bool Runs(pid_t pid) override;
  bool IsKilled(pid_t pid) override;
  void OccupyMemory(const std::string& path, uint64_t bytes) override;
  void ExceedMemory(const std::string& path, uint64_t limit) override;
  cgroup::CpuLimits CpuLimitsOf(const std::string& path) override;
  uint64_t MemoryReservationOf(const std::string& path) override;

 private:
  LinuxCgroupWorld(std::string mount, std::unique_ptr<cgroup::Hierarchy> hierarchy);

  // Whatever a case that failed has left frozen.
  void ThawAll();
  bool v2() const { return hierarchy_->layout() == cgroup::Layout::kV2; }
  // Of `path`, one in each hierarchy that processes are put into.
  std::vector<std::string> Directories(const std::string& path) const;
  std::string ControllerDirectory(const std::string& controller, const std::string& path) const;
  // A child, in the memory cgroup `path`, that occupies so much memory and waits.
  pid_t ForkHungry(const std::string& path, uint64_t bytes);

  const std::string mount_;
  const std::unique_ptr<cgroup::Hierarchy> hierarchy_;
  const std::string root_;
  std::map<pid_t, os::Process> started_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_INTEGRATION_CGROUP_LINUX_WORLD_H_
