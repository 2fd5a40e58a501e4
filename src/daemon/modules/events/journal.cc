#include "daemon/modules/events/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "daemon/modules/events/event_line.h"
#include "utils/os/file.h"

namespace isulad::events {

Result<std::unique_ptr<Journal>> Journal::Open(const std::string& directory, const Clock* clock,
                                               const Limits& limits) {
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0700));
  ASSIGN_OR_RETURN(os::UniqueFd opened, os::Open(directory, O_RDONLY | O_DIRECTORY));
  std::unique_ptr<Journal> journal(new Journal(std::move(opened), clock, limits));
  RETURN_IF_ERROR(journal->TakeStock(directory));
  return journal;
}

Status Journal::TakeStock(const std::string& path) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, os::ListDirectory(path));
  std::vector<uint64_t> firsts;  // oldest first, as the names are sorted
  for (const std::string& name : names) {
    if (const std::optional<uint64_t> first = ParseSegmentName(name); first) {
      firsts.push_back(*first);
    }
  }
  MutexLock order(writing_);
  {
    MutexLock lock(mutex_);
    for (const uint64_t first : firsts) {
      Adopt(first, first == firsts.back());
    }
    if (!segments_.empty()) {
      return OkStatus();
    }
  }
  // Done at once, so that the time before the first event is known to be complete. If this fails,
  // the first event tries again and reports the error.
  last_time_ = clock_->Now();
  IgnoreError(BeginSegment(1));
  return OkStatus();
}

// Takes over a file of an earlier daemon. The newest one is written to again if possible; otherwise
// the next event begins a new file.
void Journal::Adopt(uint64_t first, bool newest) {
  const std::string name = SegmentName(first);
  SegmentState state{first, 0, {}, false};
  if (const auto file = os::OpenAt(directory_.get(), name, O_RDONLY); file) {
    const Result<Survey> survey = newest ? SurveySegment(file->get()) : SurveyHeader(file->get());
    if (!survey && survey.error().code() == Code::kDataLoss) {
      ::unlinkat(directory_.get(), name.c_str(), 0);  // it never had an event
      return;
    }
    if (survey) {
      state = {first, survey->bytes, survey->since, true};
      last_time_ = std::max(last_time_, survey->last_time);
      next_sequence_ = std::max({next_sequence_, first, survey->last_sequence + 1});
      auto writer = SegmentWriter::Resume(directory_.get(), first, *survey);
      if (newest && writer) {
        writer_.emplace(*std::move(writer));
        writer_first_ = first;
      }
    }
  }
  // The sequence numbers of an unreadable file may be used again: no reader sees them.
  next_sequence_ = std::max(next_sequence_, state.readable ? first : first + 1);
  segments_.push_back(state);
}

Status Journal::Publish(Event event) {
  Entry entry{0, Bounded(std::move(event))};
  std::map<uint64_t, std::function<void()>> due;
  Status written;
  {
    MutexLock order(writing_);
    entry.sequence = NextSequence();
    last_time_ = std::max(last_time_, clock_->Now());
    entry.event.time = last_time_;
    const std::string line = FormatEntry(entry);
    written = Write(entry.sequence, line);
    MutexLock lock(mutex_);
    if (writer_) {
      segments_.back().bytes = writer_->bytes();
    }
    next_sequence_ = entry.sequence + 1;
    Keep(std::move(entry), line.size());
    due.swap(wakers_);
  }
  for (const auto& [id, wake] : due) {
    wake();
  }
  return written;
}

Status Journal::Write(uint64_t sequence, const std::string& line) {
  const bool full = writer_ && writer_first_ != sequence &&
                    writer_->bytes() + line.size() > limits_.segment_bytes;
  if (!writer_ || full) {
    RETURN_IF_ERROR(BeginSegment(sequence));
  }
  return writer_->Append(line);
}

Status Journal::BeginSegment(uint64_t first) {
  ASSIGN_OR_RETURN(SegmentWriter writer,
                   SegmentWriter::Create(directory_.get(), first, last_time_));
  const uint64_t bytes = writer.bytes();
  writer_.emplace(std::move(writer));
  writer_first_ = first;
  std::vector<uint64_t> dropped;
  {
    MutexLock lock(mutex_);
    segments_.push_back({first, bytes, last_time_, true});
    while (segments_.size() > limits_.segments) {
      dropped.push_back(segments_.front().first);
      segments_.pop_front();
    }
  }
  for (const uint64_t old : dropped) {
    // A file that stays is found, and dropped, by the next daemon.
    ::unlinkat(directory_.get(), SegmentName(old).c_str(), 0);
  }
  return OkStatus();
}

void Journal::Keep(Entry entry, size_t bytes) {
  memory_.push_back({std::make_shared<const Entry>(std::move(entry)), bytes});
  memory_bytes_ += bytes;
  while (memory_bytes_ > limits_.memory_bytes && memory_.size() > 1) {
    memory_bytes_ -= memory_.front().bytes;
    memory_.pop_front();
  }
}

Timestamp Journal::CompleteSince() const {
  MutexLock lock(mutex_);
  // An unreadable file may have had any events.
  Timestamp since{INT64_MAX};
  for (auto segment = segments_.rbegin(); segment != segments_.rend() && segment->readable;
       ++segment) {
    since = segment->since;
  }
  return since;
}

Journal::View Journal::Look(uint64_t place) const {
  MutexLock lock(mutex_);
  View view;
  view.next = next_sequence_;
  view.memory_begin = memory_.empty() ? next_sequence_ : memory_.front().entry->sequence;
  if (place < view.memory_begin) {
    view.segments.assign(segments_.begin(), segments_.end());
    return view;
  }
  for (uint64_t i = place - view.memory_begin; i < memory_.size(); ++i) {
    view.entries.push_back(memory_[i].entry);
  }
  return view;
}

uint64_t Journal::NextSequence() const {
  MutexLock lock(mutex_);
  return next_sequence_;
}

uint64_t Journal::AddWaker(uint64_t place, std::function<void()> wake) {
  {
    MutexLock lock(mutex_);
    if (place >= next_sequence_) {
      const uint64_t id = next_waker_++;
      wakers_.emplace(id, std::move(wake));
      return id;
    }
  }
  wake();
  return 0;
}

void Journal::RemoveWaker(uint64_t id) {
  std::function<void()> dropped;  // destroyed after the lock
  MutexLock lock(mutex_);
  if (const auto found = wakers_.find(id); found != wakers_.end()) {
    dropped = std::move(found->second);
    wakers_.erase(found);
  }
}

}  // namespace isulad::events
