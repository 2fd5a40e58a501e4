// All fake monitors of a host: they outlive the daemon that launched them, as real ones do.
#ifndef ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIMS_H_
#define ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIMS_H_

#include <sys/types.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/fakes/fake_shim.h"
#include "support/fakes/start_plan.h"
#include "utils/base/clock.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::test {

// Thread-safe. Outlives all launchers, and the monitors and streams that they gave.
class FakeShims {
 public:
  // Called when a process is there, before that is told, and when it is gone. A hook must not hold
  // a lock that it needs itself while it calls KillProcess().
  using Hook = std::function<void(const std::string& id, pid_t pid)>;

  // `clock`: of the times of ends; nullptr: the system's.
  explicit FakeShims(const Clock* clock = nullptr) : clock_(clock) {}
  FakeShims(const FakeShims&) = delete;
  FakeShims& operator=(const FakeShims&) = delete;

  void SetHooks(Hook on_start, Hook on_end) EXCLUDES(mutex_);
  // For the next launch for which there is none yet; of a container or an exec, whichever comes.
  void Plan(StartPlan plan) EXCLUDES(mutex_);
  // For all launches for which there is none of their own. At first they start.
  void PlanAll(StartPlan plan) EXCLUDES(mutex_);

  // The monitor of a container; nullptr where there is none.
  std::shared_ptr<FakeShim> Find(const std::string& id) const EXCLUDES(mutex_);
  std::shared_ptr<FakeShim> FindIn(const std::string& directory) const EXCLUDES(mutex_);
  std::vector<std::shared_ptr<FakeShim>> ExecsOf(const std::string& id) const EXCLUDES(mutex_);
  // Waits for it; nullptr where that takes too long.
  std::shared_ptr<FakeShim> Await(const std::string& id) EXCLUDES(mutex_);
  // As SIGKILL from elsewhere does. False where there is no such process.
  bool KillProcess(pid_t pid) EXCLUDES(mutex_);
  bool HasProcess(pid_t pid) const EXCLUDES(mutex_);
  // A line for each monitor, and for each process that has lost its own; "": there is none.
  std::string Dump() const EXCLUDES(mutex_);

  // For the fakes of launcher and monitor.

  // A monitor in a directory of its own, not begun yet, with its socket there.
  Result<std::shared_ptr<FakeShim>> Make(const shim::Config& config) EXCLUDES(mutex_);
  // Where it answers: as from connect(2).
  Result<std::shared_ptr<FakeShim>> Connect(const std::string& directory) const EXCLUDES(mutex_);
  void Forget(const FakeShim& shim) EXCLUDES(mutex_);
  pid_t NextPid() EXCLUDES(mutex_);
  void TellProcessStart(const std::shared_ptr<FakeShim>& shim, pid_t pid) EXCLUDES(mutex_);
  void TellProcessEnd(const FakeShim& shim, pid_t pid) EXCLUDES(mutex_);
  int64_t Now() const;

 private:
  StartPlan NextPlan() REQUIRES(mutex_);
  std::shared_ptr<FakeShim> FindHeld(const std::string& id) const REQUIRES(mutex_);
  std::vector<std::shared_ptr<FakeShim>> ProcessesOfExecs(const std::string& id) const
      EXCLUDES(mutex_);

  const Clock* const clock_;
  mutable Mutex mutex_;
  CondVar changed_;
  Hook on_start_ GUARDED_BY(mutex_);
  Hook on_end_ GUARDED_BY(mutex_);
  std::deque<StartPlan> plans_ GUARDED_BY(mutex_);
  StartPlan plan_of_others_ GUARDED_BY(mutex_);
  std::map<std::string, std::shared_ptr<FakeShim>> shims_ GUARDED_BY(mutex_);  // by directory
  std::map<pid_t, std::shared_ptr<FakeShim>> processes_ GUARDED_BY(mutex_);
  // Beyond what a kernel gives: no call that takes it for real hits anybody.
  pid_t last_pid_ GUARDED_BY(mutex_) = 5'000'000;
};

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_FAKES_FAKE_SHIMS_H_
