#include "daemon/modules/logs/log_reader.h"

#include <utility>

#include "daemon/modules/logs/log_tail.h"
#include "utils/os/file.h"

namespace isulad::logs {
namespace {

constexpr size_t kChunkBytes = 64u << 10;
constexpr char kGapNotice[] =
    "output is missing here: the log dropped it, as its limits demand, before it was read";

}  // namespace

Result<std::unique_ptr<LogReader>> LogReader::Open(LogFiles files, const ReadOptions& options) {
  std::unique_ptr<LogReader> reader(new LogReader(std::move(files), options));
  if (options.to_present_end) {
    ASSIGN_OR_RETURN(reader->last_, reader->files_.Newest());
    if (!reader->last_) {
      reader->ended_ = true;
      return reader;
    }
    ASSIGN_OR_RETURN(reader->last_size_, reader->last_->Size());
  }
  RETURN_IF_ERROR(reader->GoToStart());
  if (!reader->file_) {
    ASSIGN_OR_RETURN(reader->file_, reader->files_.Oldest());
  }
  RETURN_IF_ERROR(reader->StayBeforeEnd(reader->file_));
  return reader;
}

// If a rotation came first, `file` may be younger than the last file to read, or nullptr. The last
// file is kept open and can be read whatever became of it, so `file` becomes that one then.
Status LogReader::StayBeforeEnd(std::unique_ptr<LogFile>& file) {
  if (!last_) {
    return OkStatus();
  }
  if (file) {
    ASSIGN_OR_RETURN(const auto mine, file->Identify());
    ASSIGN_OR_RETURN(const auto last, last_->Identify());
    if (!last || (mine && mine->number <= last->number)) {
      return OkStatus();
    }
  }
  ASSIGN_OR_RETURN(os::UniqueFd again, os::Duplicate(last_->fd()));
  ASSIGN_OR_RETURN(file, LogFile::Create(std::move(again)));
  return OkStatus();
}

Status LogReader::GoToStart() {
  if (!options_.cursor.empty()) {
    ASSIGN_OR_RETURN(const LogCursor cursor, ParseCursor(options_.cursor));
    return GoTo(cursor);
  }
  if (options_.tail < 0) {
    return OkStatus();  // start at the oldest
  }
  ASSIGN_OR_RETURN(file_, OpenTail(files_, static_cast<uint64_t>(options_.tail)));
  if (!file_) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const std::optional<LogFile::Identity> identity, file_->Identify());
  if (identity) {
    cursor_ = {identity->number, identity->first_line, file_->position(), false, false};
  }
  return OkStatus();
}

Status LogReader::GoTo(const LogCursor& cursor) {
  if (cursor.IsBeginning()) {
    return OkStatus();
  }
  cursor_ = cursor;
  ASSIGN_OR_RETURN(file_, files_.WithFirstLine(cursor.first_line));
  if (file_) {
    ASSIGN_OR_RETURN(const uint64_t size, file_->Size());
    if (cursor.offset <= size) {
      file_->Seek(cursor.offset);
      return OkStatus();
    }
    file_ = nullptr;
  }
  gap_ = LogCursor{};
  return OkStatus();
}

// Whether everything has been read that was there when the reader was opened.
bool LogReader::HasReachedEnd() const {
  return last_ && file_->IsSame(*last_) && file_->position() >= last_size_;
}

// Looks for the file after the one that has been read; false if there is none yet. The caller first
// reads whatever was still written to the present file before the rotation.
Result<bool> LogReader::FindNextFile() {
  ASSIGN_OR_RETURN(LogFiles::Successor after, files_.After(*file_));
  next_ = std::move(after.next);
  if (!after.file_is_gone) {
    return next_ != nullptr;
  }
  if (last_ && file_->IsSame(*last_)) {
    return false;
  }
  ASSIGN_OR_RETURN(next_, files_.Oldest());
  RETURN_IF_ERROR(StayBeforeEnd(next_));
  if (next_) {
    ASSIGN_OR_RETURN(const auto identity, next_->Identify());
    if (!identity) {
      next_ = nullptr;  // too young to be identified
    }
  }
  return next_ != nullptr;
}

Status LogReader::GoToNextFile() {
  ASSIGN_OR_RETURN(const auto mine, file_->Identify());
  ASSIGN_OR_RETURN(const auto next, next_->Identify());
  file_ = std::move(next_);
  if (mine && next && next->number > mine->number + 1) {
    gap_ = LogCursor{next->number, next->first_line, 0, false, false};
  }
  return OkStatus();
}

Result<std::optional<std::string_view>> LogReader::NextLine() {
  while (!ended_) {
    if (!file_) {
      ASSIGN_OR_RETURN(file_, files_.Oldest());
    }
    if (!file_) {
      break;
    }
    if (HasReachedEnd()) {
      ended_ = true;
      break;
    }
    ASSIGN_OR_RETURN(const std::optional<std::string_view> line, file_->NextLine());
    if (line) {
      return line;
    }
    if (next_) {
      RETURN_IF_ERROR(GoToNextFile());
      continue;
    }
    ASSIGN_OR_RETURN(const bool more, FindNextFile());
    if (!more) {
      break;
    }
  }
  return std::optional<std::string_view>();
}

// Whether an entry is within the bounds. Ends the reading if the entry is after them.
bool LogReader::IsWanted(const LogEntry& entry) {
  if (options_.since == Timestamp{} && options_.until == Timestamp{}) {
    return true;
  }
  const Result<Timestamp> time = ParseTimestamp(entry.time);
  if (!time) {
    return true;
  }
  ended_ = options_.until != Timestamp{} && *time > options_.until;
  return !ended_ && (options_.since == Timestamp{} || *time >= options_.since);
}

Result<std::optional<LogReader::Item>> LogReader::NextItem() {
  if (pending_) {
    return std::exchange(pending_, std::nullopt);
  }
  while (!ended_) {
    ASSIGN_OR_RETURN(const std::optional<std::string_view> line, NextLine());
    if (!line) {
      break;
    }
    std::optional<LogEntry> entry = DecodeLogEntry(*line);
    if (!entry || !IsWanted(*entry)) {
      continue;
    }
    ASSIGN_OR_RETURN(const auto identity, file_->Identify());
    const LogFile::Identity known = identity.value_or(LogFile::Identity{});
    return std::optional<Item>(
        {*std::move(entry), {known.number, known.first_line, file_->position(), false, false}});
  }
  return std::optional<Item>();
}

LogChunk LogReader::TakeNotice() {
  if (!gap_->IsBeginning()) {
    cursor_ = *gap_;
  }
  cursor_.output_open = cursor_.error_open = false;
  gap_ = std::nullopt;
  LogChunk chunk;
  chunk.notice = kGapNotice;
  chunk.cursor = FormatCursor(cursor_);
  return chunk;
}

void LogReader::Append(const Item& item, LogChunk& chunk) {
  bool output_open = cursor_.output_open;
  bool error_open = cursor_.error_open;
  bool& open = item.entry.error ? error_open : output_open;
  if (options_.timestamps && !open) {
    chunk.text.append(item.entry.time).append(" ");
  }
  chunk.text.append(item.entry.text);
  open = !item.entry.text.ends_with('\n');
  cursor_ = item.place;
  cursor_.output_open = output_open;
  cursor_.error_open = error_open;
}

Result<std::optional<LogChunk>> LogReader::Next() {
  ASSIGN_OR_RETURN(std::optional<Item> item, NextItem());
  if (gap_) {
    pending_ = std::move(item);
    return std::optional<LogChunk>(TakeNotice());
  }
  if (!item) {
    return std::optional<LogChunk>();
  }
  LogChunk chunk;
  chunk.error = item->entry.error;
  while (item && item->entry.error == chunk.error && !gap_) {
    Append(*item, chunk);
    if (chunk.text.size() >= kChunkBytes) {
      item = std::nullopt;
      break;
    }
    ASSIGN_OR_RETURN(item, NextItem());
  }
  pending_ = std::move(item);
  chunk.cursor = FormatCursor(cursor_);
  return std::optional<LogChunk>(std::move(chunk));
}

}  // namespace isulad::logs
