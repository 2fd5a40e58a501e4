// A container in memory: what was asked, what is, who waits for it, and which operation has it.
//
// Thread-safe. The lock is held for looking and changing only, never across a system call that can
// wait: longer work takes the operation slot (ScopedOperation), which orders operations on one
// container one after the other.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/state.h"
#include "daemon/modules/shim/monitor.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"

namespace isulad::container {

struct RunEnd {
  int exit_code = 0;                 // 128 + signal where a signal ended it
  std::vector<std::string> notices;  // what its removal has to tell the user, one line each
};

class Container {
 public:
  // How a run ended, for those that wait for it.
  using ExitCallback = std::function<void(const RunEnd& end)>;
  using WaitId = uint64_t;

  explicit Container(ContainerConfig config, State state = {})
      : config_(std::move(config)), state_(std::move(state)) {}

  const ContainerConfig& config() const { return config_; }
  const std::string& id() const { return config_.id; }
  const std::string& name() const { return config_.name; }

  State state() const EXCLUDES(mutex_);

  // Moves to the phase that follows `event` and lets `change` set the other fields; returns the new
  // state. kFailedPrecondition, and nothing is changed, where the table has no such transition.
  Result<State> Apply(Event event, const std::function<void(State&)>& change = {}) EXCLUDES(mutex_);

  std::shared_ptr<shim::Monitor> monitor() const EXCLUDES(mutex_);
  void SetMonitor(std::shared_ptr<shim::Monitor> monitor) EXCLUDES(mutex_);

  enum class Waited { kStopped, kTimedOut, kInterrupted };
  // Waits until the container is in none of starting and running, at most until `deadline`.
  Waited WaitUntilStopped(std::chrono::steady_clock::time_point deadline) EXCLUDES(mutex_);
  // Ends all such waits, those to come too: the daemon is to end.
  void InterruptWaits() EXCLUDES(mutex_);

  // Calls `callback` once when the run that goes on now has ended and, with `until_removed`, the
  // container is gone; at once, from this call, where that is so already. Called without the lock.
  WaitId OnExit(bool until_removed, ExitCallback callback) EXCLUDES(mutex_);
  void CancelWait(WaitId id) EXCLUDES(mutex_);
  // To be called after a run has ended: serves those that wait for that alone.
  void NotifyExit() EXCLUDES(mutex_);
  // To be called after the container has been removed (`gone`), or could not be: serves all.
  void NotifyRemoval(bool gone, std::vector<std::string> notices) EXCLUDES(mutex_);

 private:
  friend class ScopedOperation;
  struct Waiter {
    bool until_removed;
    ExitCallback callback;
  };
  void Notify(bool all, RunEnd end) EXCLUDES(mutex_);

  const ContainerConfig config_;
  mutable Mutex mutex_;
  CondVar changed_;
  State state_ GUARDED_BY(mutex_);
  std::shared_ptr<shim::Monitor> monitor_ GUARDED_BY(mutex_);
  std::map<WaitId, Waiter> waiters_ GUARDED_BY(mutex_);
  WaitId next_waiter_ GUARDED_BY(mutex_) = 1;
  bool removed_ GUARDED_BY(mutex_) = false;
  bool busy_ GUARDED_BY(mutex_) = false;
  bool interrupted_ GUARDED_BY(mutex_) = false;
};

// Holds the operation slot of a container: waits for the operation that has it. kNotFound (`No such
// container`) where the container has been removed meanwhile.
class ScopedOperation {
 public:
  static Result<ScopedOperation> Acquire(std::shared_ptr<Container> container);
  ~ScopedOperation();
  ScopedOperation(ScopedOperation&& other) noexcept = default;
  ScopedOperation& operator=(ScopedOperation&&) = delete;

 private:
  explicit ScopedOperation(std::shared_ptr<Container> container)
      : container_(std::move(container)) {}
  std::shared_ptr<Container> container_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_
