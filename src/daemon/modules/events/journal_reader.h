// A reader of the journal: from memory if it keeps up, otherwise from the files.
#ifndef ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_READER_H_
#define ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_READER_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "daemon/modules/events/journal.h"

namespace isulad::events {

class JournalReader final : public Reader {
 public:
  JournalReader(Journal* journal, Query query);
  ~JournalReader() override;
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  Result<Batch> Next() override;
  void WakeOnce(std::function<void()> wake) override;

 private:
  Status TakeFromFiles(const Journal::View& view, Batch& batch);
  const Journal::SegmentState* EnterSegment(const std::vector<Journal::SegmentState>& segments);
  void Take(const Entry& entry, Batch& batch);
  void SkipTo(uint64_t sequence, Batch& batch);

  Journal* const journal_;
  const Query query_;
  uint64_t place_ = 1;      // number of the next event
  bool continuous_ = true;  // if not, events before the first one found do not count as missed
  uint64_t waker_ = 0;
  // The position in the files. No descriptor is kept open, so that a reader that stalls does not
  // keep a dropped file on the disk.
  uint64_t segment_ = 0;
  uint64_t offset_ = 0;
};

}  // namespace isulad::events

#endif  // ISULAD_DAEMON_MODULES_EVENTS_JOURNAL_READER_H_
