// Reads the json-file logs that monitors write, across rotated files and while they are rotated: no
// entry is missed or returned twice.
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
  int64_t tail = -1;  // the number of last entries to read; negative: all
  // Bounds on the entries' own times, both inclusive; "never" is no bound. The first entry after
  // `until` ends the reading. An entry without a readable time is within any bounds.
  Timestamp since;
  Timestamp until;
  bool timestamps = false;  // each line begins with its time and a space
  // A LogChunk::cursor: continues after what an earlier reader returned, instead of `tail`.
  std::string cursor;
  // Reads up to the end that the log had when the reader was opened; if false, up to its end at
  // each call.
  bool to_present_end = true;
};

struct LogChunk {
  bool error = false;  // standard error, else standard output
  std::string text;
  std::string cursor;  // the place after this chunk
  std::string notice;  // instead of text: a line for the user about the log
};

// Not thread-safe.
class LogReader {
 public:
  // A log that does not exist is empty. kInvalidArgument for an invalid cursor.
  static Result<std::unique_ptr<LogReader>> Open(LogFiles files, const ReadOptions& options);

  // The next entries, with texts of one stream joined up to some 64 KiB; nullopt at the end. A line
  // that is not a log entry (cut short by a power failure) is skipped; one that is not complete yet
  // is left for a later call. If files were deleted before they were read, a notice is returned
  // instead.
  Result<std::optional<LogChunk>> Next();
  // The place after what was returned so far.
  std::string cursor() const { return FormatCursor(cursor_); }
  // Whether no more entries will be returned, whatever is written.
  bool ended() const { return ended_; }

 private:
  struct Item {
    LogEntry entry;
    LogCursor place;  // in the file, after the entry
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
  std::unique_ptr<LogFile> next_;  // if set, `file_` is not written any more
  std::unique_ptr<LogFile> last_;  // the newest file when the reader was opened
  uint64_t last_size_ = 0;
  LogCursor cursor_;
  std::optional<LogCursor> gap_;  // the next item is after it, and something before it is missing
  std::optional<Item> pending_;
  bool ended_ = false;
};

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_
