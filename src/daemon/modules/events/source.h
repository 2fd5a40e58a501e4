// The interface through which the entries of the daemon read events.
#ifndef ISULAD_DAEMON_MODULES_EVENTS_SOURCE_H_
#define ISULAD_DAEMON_MODULES_EVENTS_SOURCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/events/event.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::events {

struct Query {
  // The first time of interest, as far as events are kept; nullopt: only events still to come.
  std::optional<Timestamp> since;
  // The last time of interest; nullopt: without end.
  std::optional<Timestamp> until;
  // Names, ids or prefixes of ids; empty: all containers.
  std::vector<std::string> containers;
};

// Whether `query` asks for events of the container of `event`.
bool Concerns(const Query& query, const Event& event);

struct Batch {
  std::vector<Event> events;
  // The number of events before or among these, of any container, that this reader will never get:
  // it was so slow that they have been dropped, or they could not be written.
  uint64_t missed = 0;
  bool ended = false;  // nothing follows: `until` has passed
};

// A place in the order of events. Not thread-safe.
class Reader {
 public:
  virtual ~Reader() = default;

  // The events that follow, some hundred at a time. If there are neither events nor `ended`, there
  // is nothing now. May read files, but does not wait for events.
  virtual Result<Batch> Next() = 0;
  // Calls `wake` once when there may be something that Next() has not returned, possibly from
  // within this call; on any thread, without a lock held. Replaces an earlier `wake`. The
  // destructor cancels it, but a call that is under way may still come.
  virtual void WakeOnce(std::function<void()> wake) = 0;
};

// Thread-safe.
class Source {
 public:
  virtual ~Source() = default;
  // The source outlives the reader.
  virtual std::unique_ptr<Reader> Read(Query query) = 0;
};

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_SOURCE_H_
