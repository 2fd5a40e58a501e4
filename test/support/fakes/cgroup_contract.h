// What every cgroup::Hierarchy promises, as one suite for all of them: a test program compiles
// cgroup_contract.cc and instantiates CgroupContract with a factory for its machine.
#ifndef ISULAD_TEST_SUPPORT_FAKES_CGROUP_CONTRACT_H_
#define ISULAD_TEST_SUPPORT_FAKES_CGROUP_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"

namespace isulad::test {

// A hierarchy and the machine that it is on. Leaves nothing behind when it is destroyed.
class CgroupWorld {
 public:
  virtual ~CgroupWorld() = default;
  virtual const cgroup::Hierarchy& hierarchy() const = 0;
  // The path of a cgroup that does not exist: a case makes what it needs there, and beneath it.
  virtual std::string root() const = 0;
  virtual void Make(const std::string& path) = 0;
  virtual bool Exists(const std::string& path) const = 0;
  // Starts a process that sleeps in a cgroup, which is made where missing.
  virtual pid_t Start(const std::string& path) = 0;
  // Whether a process that was started has not ended, and whether it has been killed within
  // seconds.
  virtual bool Runs(pid_t pid) = 0;
  virtual bool IsKilled(pid_t pid) = 0;
  // A process in the cgroup occupies so many bytes, which cannot be reclaimed.
  virtual void OccupyMemory(const std::string& path, uint64_t bytes) = 0;
  // A process in the cgroup takes more memory than its limit of `limit` bytes allows, and is killed
  // for that.
  virtual void ExceedMemory(const std::string& path, uint64_t limit) = 0;
  // What was set.
  virtual cgroup::CpuLimits CpuLimitsOf(const std::string& path) = 0;
  virtual uint64_t MemoryReservationOf(const std::string& path) = 0;
};

// nullptr where this machine does not let it work: the case is skipped then.
using CgroupWorldFactory = std::function<std::unique_ptr<CgroupWorld>()>;

class CgroupContract : public ::testing::TestWithParam<CgroupWorldFactory> {
 protected:
  void SetUp() override;

  const cgroup::Hierarchy& cgroups() const { return world_->hierarchy(); }
  bool v2() const { return cgroups().layout() == cgroup::Layout::kV2; }
  std::string Sub(const std::string& name) const { return root_ + "/" + name; }
  std::set<pid_t> ProcessesOf(const std::string& path) const;
  // None where it cannot be told.
  std::optional<cgroup::FreezerState> FreezerOf(const std::string& path) const;

  std::unique_ptr<CgroupWorld> world_;
  std::string root_;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_CGROUP_CONTRACT_H_
