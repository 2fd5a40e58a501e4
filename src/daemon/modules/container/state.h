// The life cycle of a container as a pure transition table. Decisions are made here, adapters act
// on them.
//
//   created --start--> starting --started--> running --exited--> exited --start--> starting ...
//                          \--failed--> created or exited, whichever it was
//   running --pause--> paused --unpause--> running;   paused --exited--> exited
//   exited --await restart--> restarting --start--> starting;   restarting --give up--> exited
//   created, exited --remove--> removing --failed--> exited or created;   removing ends with the
//   container
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STATE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STATE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::container {

enum class Phase { kCreated, kStarting, kRunning, kPaused, kRestarting, kExited, kRemoving };

enum class Event {
  kStart,
  kStarted,
  kStartFailed,
  kPause,
  kUnpause,
  kExited,
  kAwaitRestart,  // its restart policy will start it again
  kGiveUp,        // the policy will not start it after all
  kRemove,
  kRemoveFailed,
};

// What a container's restart policy has done, and what it needs to know. See restart_policy.h.
struct RestartState {
  uint32_t count = 0;            // starts by the policy since a user started it
  uint32_t short_runs = 0;       // of these, the last ones, after short runs: the back-off
  Timestamp due;                 // of the next start, while restarting
  bool stopped_by_user = false;  // no start by the policy until a user has started it
  friend bool operator==(const RestartState&, const RestartState&) = default;
};

// The present state of a container. Persisted as state.json.
struct State {
  Phase phase = Phase::kCreated;
  int32_t pid = 0;          // of the first process while it runs, 0 otherwise
  uint64_t start_time = 0;  // of that process, proc(5) stat field 22
  std::string boot_id;      // of the boot in which it was started
  int32_t exit_code = 0;    // of the last run, 128 + signal if a signal ended it
  bool oom_killed = false;  // in the last run
  std::string error;        // why the last start failed
  Timestamp started_at;
  Timestamp finished_at;
  RestartState restart;
  friend bool operator==(const State&, const State&) = default;
};

// A process that was started, as its monitor reports it.
struct Begun {
  int32_t pid = 0;
  uint64_t start_time = 0;
  std::string boot_id;
  Timestamp at;
};
// Sets all but the phase to the values of a run that has just begun: nothing of how an earlier run
// ended stays.
void BeginRun(State& state, const Begun& begun);
// How a run ended.
struct Ended {
  int32_t exit_code = 0;
  bool oom_killed = false;
  Timestamp at;
  std::string error;  // why that is not known
};
// Sets all but the phase to what holds for a run that has just ended.
void EndRun(State& state, Ended ended);
// The same for a start that failed: why, and the exit code that a shell would show, 125 where the
// error has none.
void FailStart(State& state, const Error& error);

// The phase that follows `event`. kFailedPrecondition if `event` cannot happen in the state's
// phase, with a reason fit for the user ("is running", "is being removed").
Result<Phase> Next(const State& state, Event event);

// Whether the container's first process exists: running or paused.
bool IsUp(Phase phase);
// Whether something will still happen without a user: starting, up, or to be restarted.
bool IsActive(Phase phase);

// iSula's words: inited, starting, running, paused, restarting, exited, dead.
std::string_view PhaseName(Phase phase);

json::Value ToJson(const State& state);
// kInvalidArgument if `value` is not what ToJson() writes.
Result<State> StateFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STATE_H_
