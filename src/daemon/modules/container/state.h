// The life of a container as a pure table: what may follow what. Adapters act, this decides.
//
//   created --start--> starting --started--> running --exited--> exited --start--> starting ...
//                          \--failed--> created or exited, whichever it was
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

enum class Phase { kCreated, kStarting, kRunning, kExited, kRemoving };

enum class Event { kStart, kStarted, kStartFailed, kExited, kRemove, kRemoveFailed };

// What is. Persisted as state.json.
struct State {
  Phase phase = Phase::kCreated;
  int32_t pid = 0;          // of the first process while it runs, 0 otherwise
  uint64_t start_time = 0;  // of that process, proc(5) stat field 22
  std::string boot_id;      // of the boot in which it was started
  int32_t exit_code = 0;    // of the last run, 128 + signal where a signal ended it
  bool oom_killed = false;  // in the last run
  std::string error;        // why the last start failed
  Timestamp started_at;
  Timestamp finished_at;
  friend bool operator==(const State&, const State&) = default;
};

// The phase that follows. kFailedPrecondition where `event` cannot happen in the state's phase,
// with a reason fit for the user ("is running", "is being removed").
Result<Phase> Next(const State& state, Event event);

// iSula's words: inited, starting, running, exited, dead.
std::string_view PhaseName(Phase phase);

json::Value ToJson(const State& state);
// kInvalidArgument where `value` is not what ToJson writes.
Result<State> StateFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STATE_H_
