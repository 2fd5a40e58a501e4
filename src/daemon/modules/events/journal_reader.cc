#include "daemon/modules/events/journal_reader.h"

#include <fcntl.h>

#include <algorithm>

#include "utils/os/file.h"

namespace isulad::events {

bool Concerns(const Query& query, const Event& event) {
  return query.containers.empty() ||
         std::any_of(query.containers.begin(), query.containers.end(),
                     [&event](const std::string& reference) {
                       return reference == event.name ||
                              (!reference.empty() && event.id.starts_with(reference));
                     });
}

std::unique_ptr<Reader> Journal::Read(Query query) {
  return std::make_unique<JournalReader>(this, std::move(query));
}

JournalReader::JournalReader(Journal* journal, Query query)
    : journal_(journal), query_(std::move(query)) {
  if (query_.since) {
    continuous_ = false;
  } else {
    place_ = journal_->NextSequence();
  }
}

JournalReader::~JournalReader() { journal_->RemoveWaker(waker_); }

void JournalReader::WakeOnce(std::function<void()> wake) {
  journal_->RemoveWaker(waker_);
  waker_ = journal_->AddWaker(place_, std::move(wake));
}

Result<Batch> JournalReader::Next() {
  Batch batch;
  while (batch.events.empty() && batch.missed == 0 && !batch.ended) {
    // Read before Look(): events published after that are younger.
    const Timestamp now = journal_->clock_->Now();
    const Journal::View view = journal_->Look(place_);
    if (place_ >= view.next) {
      batch.ended = query_.until && now > *query_.until;
      break;
    }
    if (place_ < view.memory_begin) {
      RETURN_IF_ERROR(TakeFromFiles(view, batch));
    }
    for (const auto& entry : view.entries) {
      Take(*entry, batch);
    }
  }
  return batch;
}

Status JournalReader::TakeFromFiles(const Journal::View& view, Batch& batch) {
  const Journal::SegmentState* segment = EnterSegment(view.segments);
  if (segment == nullptr) {
    SkipTo(view.memory_begin, batch);
    return OkStatus();
  }
  const auto file = os::OpenAt(journal_->directory_.get(), SegmentName(segment_), O_RDONLY);
  if (!file && file.error().code() != Code::kNotFound) {
    return file.error();
  }
  Block block;
  if (file) {
    ASSIGN_OR_RETURN(block, ReadBlock(file->get(), offset_, segment->bytes));
  }
  for (const Entry& entry : block.entries) {
    Take(entry, batch);
  }
  if (block.end > offset_) {
    offset_ = block.end;
  } else if (segment == &view.segments.back()) {
    SkipTo(view.memory_begin, batch);  // the events that follow could not be written
  } else {
    ++segment_;  // read to its end, or dropped since
    offset_ = 0;
  }
  return OkStatus();
}

// Finds the file to continue in: the last that begins at or before the place, or the first there
// is, but none that has been read to its end. nullptr if there is none.
const Journal::SegmentState* JournalReader::EnterSegment(
    const std::vector<Journal::SegmentState>& segments) {
  const Journal::SegmentState* chosen = nullptr;
  for (const Journal::SegmentState& segment : segments) {
    if (segment.readable && segment.first >= segment_ &&
        (chosen == nullptr || segment.first <= place_)) {
      chosen = &segment;
    }
  }
  if (chosen != nullptr && chosen->first != segment_) {
    segment_ = chosen->first;
    offset_ = 0;
  }
  return chosen;
}

void JournalReader::SkipTo(uint64_t sequence, Batch& batch) {
  if (continuous_) {
    batch.missed += sequence - place_;
  }
  place_ = sequence;
}

void JournalReader::Take(const Entry& entry, Batch& batch) {
  if (entry.sequence < place_ || batch.ended) {
    return;
  }
  SkipTo(entry.sequence, batch);
  place_ = entry.sequence + 1;
  continuous_ = true;
  if (query_.until && entry.event.time > *query_.until) {
    batch.ended = true;
  } else if ((!query_.since || entry.event.time >= *query_.since) &&
             Concerns(query_, entry.event)) {
    batch.events.push_back(entry.event);
  }
}

}  // namespace isulad::events
