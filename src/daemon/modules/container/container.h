// A container in memory: what was asked, what is, who waits for it, and which operation has it.
//
// Thread-safe. The lock is held for looking and changing only, never across a system call that can
// wait: longer work takes the operation slot (ScopedOperation), which orders operations on one
// container one after the other.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/health.h"
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
  using RunId = uint64_t;

  explicit Container(ContainerConfig config, State state = {})
      : channels_(std::exchange(config.channels, {})),
        channel_names_(std::exchange(config.channel_names, {})),
        mount_points_(std::exchange(config.mount_points, {})),
        limits_(std::exchange(*config.spec.mutable_host()->mutable_limits(), {})),
        restart_(std::exchange(config.restart, {})),
        name_(std::exchange(config.name, {})),
        config_(std::move(config)),
        state_(std::move(state)) {}

  // What does not change. What does is empty in it: name, channels and their names, mount points,
  // limits, restart.
  const ContainerConfig& config() const { return config_; }
  // The following are as they are now.
  std::vector<host_channel::HostChannel> channels() const EXCLUDES(mutex_);
  std::vector<ChannelName> channel_names() const EXCLUDES(mutex_);
  std::vector<std::string> mount_points() const EXCLUDES(mutex_);
  // Takes the channels of `config` with their names, and its mount points. The caller holds the
  // operation slot.
  void SetChannels(const ContainerConfig& config) EXCLUDES(mutex_);
  // As asked for, now.
  spec::ResourceLimits limits() const EXCLUDES(mutex_);
  RestartPolicy restart_policy() const EXCLUDES(mutex_);
  // For the holder of the operation slot.
  void SetLimits(spec::ResourceLimits limits, RestartPolicy restart) EXCLUDES(mutex_);
  // A copy of the whole, with what changes as it is now.
  ContainerConfig CurrentConfig() const EXCLUDES(mutex_);
  const std::string& id() const { return config_.id; }
  std::string name() const EXCLUDES(mutex_);
  // For Registry::Rename, called by the holder of the operation slot.
  void SetName(std::string name) EXCLUDES(mutex_);

  State state() const EXCLUDES(mutex_);

  // Moves to the phase that follows `event` and lets `change` set the other fields; returns the new
  // state. kFailedPrecondition, and nothing is changed, where the table has no such transition.
  Result<State> Apply(Event event, const std::function<void(State&)>& change = {}) EXCLUDES(mutex_);

  // Lets `change` set fields other than the phase; returns the new state.
  State Update(const std::function<void(State&)>& change) EXCLUDES(mutex_);

  // What its checks have found; of a daemon's life, not persisted.
  Health health() const EXCLUDES(mutex_);
  // Lets `change` work on it, under the lock.
  void UpdateHealth(const std::function<void(Health&)>& change) EXCLUDES(mutex_);

  std::shared_ptr<shim::Monitor> monitor() const EXCLUDES(mutex_);
  void SetMonitor(std::shared_ptr<shim::Monitor> monitor) EXCLUDES(mutex_);

  // The number of the last start that was begun: tells a run from a later one.
  RunId run() const EXCLUDES(mutex_);
  enum class Waited { kEnded, kPaused, kTimedOut, kInterrupted };
  // Waits until the run is over and its end has been told (NotifyExit), whatever has been started
  // since; at most until `deadline`, and until it is paused.
  Waited WaitForEnd(RunId run, std::chrono::steady_clock::time_point deadline) EXCLUDES(mutex_);
  // The same without a thread: calls `callback` once, without the lock, or returns the outcome
  // where that is known. `id` is from NewWaitId(): who has set a timer for `deadline` calls
  // ExpireWait() with it, be it before this call.
  using WaitedCallback = std::function<void(Waited waited)>;
  WaitId NewWaitId() EXCLUDES(mutex_);
  std::optional<Waited> OnRunEnd(WaitId id, RunId run,
                                 std::chrono::steady_clock::time_point deadline,
                                 WaitedCallback callback) EXCLUDES(mutex_);
  void ExpireWait(WaitId id) EXCLUDES(mutex_);
  // Ends all such waits, those to come too: the daemon is to end.
  void InterruptWaits() EXCLUDES(mutex_);

  // Whether somebody who restarts the container will start it once it has ended.
  bool restart_is_due() const EXCLUDES(mutex_);

  // Calls `callback` once when the run that goes on now has ended and, with `until_removed`, the
  // container is gone; at once, from this call, where that is so already. Called without the lock.
  WaitId OnExit(bool until_removed, ExitCallback callback) EXCLUDES(mutex_);
  // Calls `callback` once when the container is not active and no operation is about to change
  // that: it has ended and its restart policy lets it be, or it is gone. At once, from this call,
  // where that is so already. Called without the lock.
  WaitId OnEndForGood(ExitCallback callback) EXCLUDES(mutex_);
  void CancelWait(WaitId id) EXCLUDES(mutex_);
  // To be called after a run has ended: serves those that wait for that alone.
  void NotifyExit() EXCLUDES(mutex_);
  // To be called after the container has been removed (`gone`), or could not be: serves all.
  void NotifyRemoval(bool gone, std::vector<std::string> notices) EXCLUDES(mutex_);

 private:
  friend class ScopedOperation;
  friend class ScopedRestart;
  enum class Until { kRunEnd, kEndForGood, kRemoval };
  struct Waiter {
    Until until;
    ExitCallback callback;
  };
  struct RunWaiter {
    RunId run;
    WaitedCallback callback;
  };
  // Calls that are due, to be made without the lock.
  using Calls = std::vector<std::function<void()>>;
  static void Make(const Calls& calls);
  // What a wait for the end of `run` comes to now; nothing where it goes on.
  std::optional<Waited> OutcomeOf(RunId run) const REQUIRES(mutex_);
  // Wakes the threads that wait for a change, and takes out the waits without one that are over.
  Calls Changed() REQUIRES(mutex_);
  // Gives the slot to the next in turn; where the container is gone, tells all.
  Calls PassOn() REQUIRES(mutex_);
  // Serves those that wait for `what`, or for whatever.
  void Notify(std::optional<Until> what, RunEnd end) EXCLUDES(mutex_);
  void EndOperation() EXCLUDES(mutex_);
  void EndRestart() EXCLUDES(mutex_);
  void NotifyIfOver() EXCLUDES(mutex_);
  // Nothing runs, and nobody who has the container is about to start it.
  bool IsOver() const REQUIRES(mutex_);
  bool GoesOn() const REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::vector<host_channel::HostChannel> channels_ GUARDED_BY(mutex_);
  std::vector<ChannelName> channel_names_ GUARDED_BY(mutex_);
  std::vector<std::string> mount_points_ GUARDED_BY(mutex_);
  spec::ResourceLimits limits_ GUARDED_BY(mutex_);
  RestartPolicy restart_ GUARDED_BY(mutex_);
  std::string name_ GUARDED_BY(mutex_);
  const ContainerConfig config_;
  CondVar changed_;
  State state_ GUARDED_BY(mutex_);
  Health health_ GUARDED_BY(mutex_);
  std::shared_ptr<shim::Monitor> monitor_ GUARDED_BY(mutex_);
  std::map<WaitId, Waiter> waiters_ GUARDED_BY(mutex_);
  std::map<WaitId, RunWaiter> run_waiters_ GUARDED_BY(mutex_);
  std::deque<std::function<void(bool)>> turns_ GUARDED_BY(mutex_);  // for the operation slot
  WaitId next_waiter_ GUARDED_BY(mutex_) = 1;
  bool ending_ GUARDED_BY(mutex_) = false;  // it has ended, and that has not been told
  bool removed_ GUARDED_BY(mutex_) = false;
  bool busy_ GUARDED_BY(mutex_) = false;
  int restarts_ GUARDED_BY(mutex_) = 0;  // that are under way
  RunId run_ GUARDED_BY(mutex_) = 0;
  bool interrupted_ GUARDED_BY(mutex_) = false;
};

// Holds the operation slot of a container, which operations get in the order in which they have
// asked for it. kNotFound (`No such container`) where the container has been removed meanwhile.
class ScopedOperation {
 public:
  enum class Turn {
    kLast,
    kFirst,  // before all that wait, for what they may wait for: the end of a run
  };
  using Granted = std::function<void(Result<ScopedOperation> operation)>;

  // Waits for the operation that has it.
  static Result<ScopedOperation> Acquire(std::shared_ptr<Container> container,
                                         Turn turn = Turn::kLast);
  // The same without a thread: returns the operation where the slot is free, else `granted` is
  // called once, by the thread that gives it up, and must not block.
  static std::optional<Result<ScopedOperation>> Request(std::shared_ptr<Container> container,
                                                        Turn turn, Granted granted);
  ~ScopedOperation();
  ScopedOperation(ScopedOperation&& other) noexcept = default;
  ScopedOperation& operator=(ScopedOperation&&) = delete;

 private:
  explicit ScopedOperation(std::shared_ptr<Container> container)
      : container_(std::move(container)) {}
  std::shared_ptr<Container> container_;
};

// While one exists, the container's end is followed by a start: it is not removed then.
class ScopedRestart {
 public:
  explicit ScopedRestart(std::shared_ptr<Container> container);
  ~ScopedRestart();
  ScopedRestart(const ScopedRestart&) = delete;
  ScopedRestart& operator=(const ScopedRestart&) = delete;

 private:
  const std::shared_ptr<Container> container_;
};

// "container "web"", as messages call it.
std::string Named(const Container& container);

// kFailedPrecondition, with the reason for the user, unless the container runs and is not paused.
Status RequireRunning(const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_H_
