// Reads the json-file logs that monitors write, over the rotated files and while they are rotated:
// no entry is missed or comes twice.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "daemon/modules/logs/log_cursor.h"
#include "daemon/modules/logs/log_entry.h"
#include "daemon/modules/logs/log_files.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::logs {

struct ReadOptions {
  int64_t tail = -1;  // the last so many entries; negative: all
  // Of the entries' own times, both included; "never" is no bound. The first entry after `until`
  // ends the reading. An entry without a time that can be read is within any bounds.
  Timestamp since;
  Timestamp until;
  bool timestamps = false;  // each line begins with its time and a space
  // To go on behind what an earlier reader handed out, instead of `tail`: LogChunk::cursor.
  std::string cursor;
  // Up to what was there when the reader was opened; else whatever there is at each call.
  bool to_present_end = true;
};

struct LogChunk {
  bool error = false;  // standard error, else standard output
  std::string text;
  std::string cursor;  // behind this chunk
  std::string notice;  // instead of a text: a line for the user about the log
};

// Not thread-safe.
class LogReader {
 public:
  // A log that does not exist is empty. kInvalidArgument for a cursor that is none.
  static Result<std::unique_ptr<LogReader>> Open(LogFiles files, const ReadOptions& options);

  // The next entries, texts of one stream joined up to some 64 KiB; nothing at the end. A line that
  // is not a log entry (cut short by a power cut) is passed over; one that is not whole yet is left
  // for a later call. Where files were deleted before they were read, a notice comes instead.
  Result<std::optional<LogChunk>> Next();
  // Of what was handed out so far.
  std::string cursor() const { return FormatCursor(cursor_); }
  // Whether nothing comes any more, whatever is written.
  bool ended() const { return ended_; }

 private:
  struct Item {
    LogEntry entry;
    LogCursor place;  // of the file, behind the entry
  };

  LogReader(LogFiles files, const ReadOptions& options)
      : files_(std::move(files)), options_(options) {}
  Status GoToStart();
  Status GoTo(const LogCursor& cursor);
  bool HasReachedEnd() const;
  Status StayBeforeEnd(std::unique_ptr<LogFile>& file);
  Result<bool> FindNextFile();
  Status GoToNextFile();
  Result<std::optional<std::string_view>> NextLine();
  Result<std::optional<Item>> NextItem();
  bool IsWanted(const LogEntry& entry);
  LogChunk TakeNotice();
  void Append(const Item& item, LogChunk& chunk);

  const LogFiles files_;
  const ReadOptions options_;
  std::unique_ptr<LogFile> file_;
  std::unique_ptr<LogFile> next_;  // with it `file_` is not written any more
  std::unique_ptr<LogFile> last_;  // of those that there were at the beginning
  uint64_t last_size_ = 0;
  LogCursor cursor_;
  std::optional<LogCursor> gap_;  // behind it the next item is, and before it something is missing
  std::optional<Item> pending_;
  bool ended_ = false;
};

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_
