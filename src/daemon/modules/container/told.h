// What the journal of events has told of one container. Compared with what is on disk it says what
// a daemon that was killed had done and not announced. Pure.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_TOLD_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_TOLD_H_

#include <set>
#include <string>

#include "daemon/modules/container/state.h"
#include "daemon/modules/events/event.h"
#include "utils/base/clock.h"

namespace isulad::container {

struct Told {
  std::string name;  // the last one
  std::string image;
  bool created = false;
  bool run_known = false;  // whether a start or an end has been told
  bool running = false;    // the last of them was a start
  bool paused = false;     // that run
  bool oom = false;        // in that run
  // Of the start and of the end that were told last: they tell one run from another.
  Timestamp started_at;
  Timestamp finished_at;
  std::set<std::string> execs;     // that have begun and not ended
  std::set<std::string> channels;  // host paths that are mounted
  friend bool operator==(const Told&, const Told&) = default;
};

// Whether the start of the run that `state` shows has been told.
bool HasToldStart(const Told& told, const State& state);
// Whether its end has. With `auto_remove` an end is not saved, and may be found anew with another
// time: then any that followed this start is this one.
bool HasToldEnd(const Told& told, const State& state, bool auto_remove);

// Adds what `event` tells. Of unknown or missing attributes it makes nothing.
void Take(const events::Event& event, Told& told);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_TOLD_H_
