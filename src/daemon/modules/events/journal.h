// What happened to containers, in order, kept over the death of the daemon: files of limited size
// (segment.h), and the newest events in memory as well.
//
// Each reader has a place of its own in the order and comes for what is behind it: nothing is
// queued for anyone, so one that stalls costs nothing and holds nobody up.
//
// docs/on-disk-formats.md has the format.
#ifndef ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_H_
#define ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/events/event.h"
#include "daemon/modules/events/segment.h"
#include "daemon/modules/events/source.h"
#include "utils/base/clock.h"
#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::events {

struct Limits {
  uint64_t segment_bytes = 2u << 20;  // of a file; a line may make it longer
  size_t segments = 2;                // files, the one that is written to included
  size_t memory_bytes = 256u << 10;   // of the events that are kept in memory
};

// Thread-safe.
class Journal final : public Source {
 public:
  // Goes on with what is in `directory`, which is made where it is missing. Fails only where the
  // directory cannot be made or read: damaged files are passed over, and a disk that is full now
  // may not be later. `clock` outlives the journal.
  static Result<std::unique_ptr<Journal>> Open(const std::string& directory, const Clock* clock,
                                               const Limits& limits = {});

  // Appends `event` and wakes the readers. Sets its time: now, or that of the event before it where
  // the clock has been put back. Not synced: it survives the death of the process, not a power cut.
  //
  // On an error the event is not in the files; readers that keep up hear of it all the same.
  Status Publish(Event event) EXCLUDES(writing_, mutex_);

  // Every event from this time on is here, unless its writing failed. What is older may have been
  // dropped, or happened before there was a journal.
  Timestamp CompleteSince() const EXCLUDES(mutex_);

  std::unique_ptr<Reader> Read(Query query) override;

 private:
  friend class JournalReader;

  struct SegmentState {
    uint64_t first = 0;
    uint64_t bytes = 0;  // as far as lines are whole
    Timestamp since;
    bool readable = true;  // else it is kept only until its turn to be dropped comes
  };
  struct Kept {
    std::shared_ptr<const Entry> entry;
    size_t bytes = 0;
  };
  // What a reader at some place finds.
  struct View {
    uint64_t next = 0;                                  // number of the next event to be published
    uint64_t memory_begin = 0;                          // number of the first one in memory
    std::vector<std::shared_ptr<const Entry>> entries;  // from the place on, where in memory
    std::vector<SegmentState> segments;                 // where not
  };

  Journal(os::UniqueFd directory, const Clock* clock, const Limits& limits)
      : directory_(std::move(directory)), clock_(clock), limits_(limits) {}
  Status TakeStock(const std::string& path) EXCLUDES(writing_, mutex_);
  void Adopt(uint64_t first, bool newest) REQUIRES(writing_, mutex_);

  Status Write(uint64_t sequence, const std::string& line) REQUIRES(writing_) EXCLUDES(mutex_);
  Status BeginSegment(uint64_t first) REQUIRES(writing_) EXCLUDES(mutex_);
  void Keep(Entry entry, size_t bytes) REQUIRES(mutex_);

  View Look(uint64_t place) const EXCLUDES(mutex_);
  uint64_t NextSequence() const EXCLUDES(mutex_);
  uint64_t AddWaker(uint64_t place, std::function<void()> wake) EXCLUDES(mutex_);
  void RemoveWaker(uint64_t id) EXCLUDES(mutex_);

  const os::UniqueFd directory_;
  const Clock* const clock_;
  const Limits limits_;

  // Held for a write to a file: publishers come one after the other, readers do not wait. Taken
  // before mutex_.
  Mutex writing_;
  std::optional<SegmentWriter> writer_ GUARDED_BY(writing_);
  uint64_t writer_first_ GUARDED_BY(writing_) = 0;  // its file's number
  Timestamp last_time_ GUARDED_BY(writing_);

  mutable Mutex mutex_;
  uint64_t next_sequence_ GUARDED_BY(mutex_) = 1;
  std::deque<SegmentState> segments_ GUARDED_BY(mutex_);  // oldest first
  std::deque<Kept> memory_ GUARDED_BY(mutex_);            // without gaps, up to the newest
  size_t memory_bytes_ GUARDED_BY(mutex_) = 0;
  std::map<uint64_t, std::function<void()>> wakers_ GUARDED_BY(mutex_);
  uint64_t next_waker_ GUARDED_BY(mutex_) = 1;
};

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_H_
