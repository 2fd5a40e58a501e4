// Decides when each container is checked, and evaluates the results. There is one scheduler for the
// daemon: a waiting check is a timer on the event loop, whatever the number of containers.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_SCHEDULER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_SCHEDULER_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/health.h"
#include "daemon/modules/container/health_probe.h"
#include "utils/base/clock.h"

namespace isulad::container {

// The event loop that the scheduler lives on, as an interface so that tests need not wait. After()
// and Cancel() are called on the loop.
class HealthTimers {
 public:
  using Task = std::function<void()>;
  using TimerId = uint64_t;
  virtual ~HealthTimers() = default;
  virtual void Post(Task task) = 0;  // from any thread
  virtual std::chrono::steady_clock::time_point Now() const = 0;
  virtual TimerId After(std::chrono::nanoseconds delay, Task task) = 0;
  virtual void Cancel(TimerId id) = 0;
};

// Begin(), End(), Resumed() and Shutdown() may be called from any thread and only queue work;
// everything else happens on the loop.
class HealthScheduler {
 public:
  struct Limits {
    int starting = 2;   // checks at once for which a runtime is at work
    int running = 256;  // checks in progress at once, except those that hang
    // The time that a check may take to start, before its own time begins.
    std::chrono::nanoseconds start_time = std::chrono::seconds(30);
  };
  // The health status of a container has changed, in the run `run`. Called on the loop; must not
  // block.
  using Changed = std::function<void(const std::shared_ptr<Container>& container,
                                     Container::RunId run, HealthStatus status)>;

  // `timers`, `clock` and `prober` must outlive the scheduler, which must not be destroyed while
  // the loop runs.
  HealthScheduler(HealthTimers* timers, const Clock* clock, Prober* prober, Limits limits,
                  Changed changed);

  // A run has begun, or was found by a daemon that starts up. `start_period`: what is left of it.
  // The health of an earlier run has already been reset by BeginHealth().
  void Begin(const std::shared_ptr<Container>& container, std::chrono::nanoseconds start_period);
  // The run has ended, and its check with it.
  void End(const std::string& id);
  // The container was paused and is running again: a check that was frozen with it gets its whole
  // time again.
  void Resumed(const std::string& id);
  // Ends the checks in progress and begins no others. Calls `done` when none is left.
  void Shutdown(std::function<void()> done);

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  // A run that is being checked.
  struct Watch {
    std::shared_ptr<Container> container;
    Container::RunId run = 0;
    TimePoint start_period_end;
    HealthTimers::TimerId timer = 0;  // of the next check, or the time limit of this one
    // The check in progress.
    std::shared_ptr<Probe> probe;
    Timestamp began;
    bool in_start_period = false;
    std::optional<ProbeEnd> held;  // see ProbeEnded()
    bool starting = false;         // counted in starting_
    bool let_go = false;           // its time has begun
    bool timed_out = false;        // its result has been taken; counted in hanging_
    bool ended = false;            // the run has ended
  };
  using WatchPointer = std::shared_ptr<Watch>;

  WatchPointer Find(const std::string& id) const;
  void EndWatch(const std::string& id);
  // Calls `step` after `delay`, unless the run has ended by then.
  void Await(const WatchPointer& watch, std::chrono::nanoseconds delay,
             void (HealthScheduler::*step)(const WatchPointer&));
  void AwaitNext(const WatchPointer& watch);
  std::chrono::nanoseconds TimeLimitOf(const Watch& watch) const;
  void AwaitTimeout(const WatchPointer& watch);
  void BecomeDue(const WatchPointer& watch);
  void StartDue();
  void StartProbe(const WatchPointer& watch);
  void LetOthersStart(const WatchPointer& watch);
  void BeginTime(const WatchPointer& watch);
  void TimeOut(const WatchPointer& watch);
  void ProbeEnded(const WatchPointer& watch, std::optional<ProbeEnd> end);
  void TakeHeld(const WatchPointer& watch);
  void Take(const WatchPointer& watch, ProbeEnd end);

  HealthTimers* const timers_;
  const Clock* const clock_;
  Prober* const prober_;
  const Limits limits_;
  const Changed changed_;
  // Everything below belongs to the loop.
  std::map<std::string, WatchPointer> watches_;  // by container id
  std::deque<WatchPointer> due_;                 // waiting for their turn
  int starting_ = 0;
  int running_ = 0;
  int hanging_ = 0;                  // of these: killed, but not gone
  std::function<void()> shut_down_;  // if set, nothing is begun any more
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_SCHEDULER_H_
