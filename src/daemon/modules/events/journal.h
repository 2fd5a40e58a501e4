// The journal of container events, in order. It survives the death of the daemon in files of
// limited size (segment.h); the newest events are kept in memory as well.
//
// Each reader has its own place in the order and fetches the events after it. Nothing is queued for
// readers, so one that stalls costs nothing and holds up no other.
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
  uint64_t segment_bytes = 2u << 20;  // of a file; a long line may exceed it
  size_t segments = 2;                // files, including the one being written
  size_t memory_bytes = 256u << 10;   // of the events that are kept in memory
};

// Thread-safe.
class Journal final : public Source {
 public:
  // Continues the journal in `directory`, which is made if missing. Fails only if the directory
  // cannot be made or read: damaged files are skipped, and a disk that is full now may have room
  // later. `clock` must outlive the journal.
  static Result<std::unique_ptr<Journal>> Open(const std::string& directory, const Clock* clock,
                                               const Limits& limits = {});

  // Appends `event` and wakes the readers. Sets its time to now, or to the time of the event before
  // it if the clock has been set back. Not synced: the event survives the death of the process, but
  // not a power cut.
  //
  // After an error the event is not in the files; readers that keep up still get it.
  Status Publish(Event event) EXCLUDES(writing_, mutex_);

  // Every event from this time on is in the journal, unless writing it failed. Older events may
  // have been dropped, or happened before there was a journal.
  Timestamp CompleteSince() const EXCLUDES(mutex_);

  std::unique_ptr<Reader> Read(Query query) override;

 private:
  friend class JournalReader;

  struct SegmentState {
    uint64_t first = 0;
    uint64_t bytes = 0;  // written so far
    Timestamp since;
    bool readable = true;  // if not, the file is only kept until its turn to be dropped
  };
  struct Kept {
    std::shared_ptr<const Entry> entry;
    size_t bytes = 0;
  };
  // The journal as a reader at some place sees it.
  struct View {
    uint64_t next = 0;                                  // number of the next event to be published
    uint64_t memory_begin = 0;                          // number of the first one in memory
    std::vector<std::shared_ptr<const Entry>> entries;  // from the place on, if in memory
    std::vector<SegmentState> segments;                 // if not in memory
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

  // Held while a file is written: publishers take turns, readers do not wait. Acquired before
  // mutex_.
  Mutex writing_;
  std::optional<SegmentWriter> writer_ GUARDED_BY(writing_);
  uint64_t writer_first_ GUARDED_BY(writing_) = 0;  // the number of its file
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
