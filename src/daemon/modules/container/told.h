// What the journal of events has announced about one container ("told" in the names here). Compared
// with what is on disk, this shows what a daemon that was killed had done and not announced. Pure.
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
  bool run_known = false;  // whether a start or an end has been announced
  bool running = false;    // the last of them was a start
  bool paused = false;     // that run is paused
  bool oom = false;        // in that run
  // Of the start and the end that were announced last: they tell one run from another.
  Timestamp started_at;
  Timestamp finished_at;
  std::set<std::string> execs;     // that have begun but not ended
  std::set<std::string> channels;  // host paths that are mounted
  friend bool operator==(const Told&, const Told&) = default;
};

// Whether the start of the run that `state` shows has been announced.
bool HasToldStart(const Told& told, const State& state);
// Whether the end of that run has been announced. With `auto_remove` an end is not saved, and may
// be found again with another time: then any end that followed this start counts as this one.
bool HasToldEnd(const Told& told, const State& state, bool auto_remove);

// Adds what `event` announces. Unknown or missing attributes are ignored.
void Take(const events::Event& event, Told& told);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_TOLD_H_
