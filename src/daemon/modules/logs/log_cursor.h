// A place in a log, between two entries. It means the same to another reader, even in another
// daemon. Pure, thread-safe.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_CURSOR_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_CURSOR_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "utils/base/result.h"

namespace isulad::logs {

// Files change their names and inode numbers are reused, but the contents of a file stay. A file is
// identified by its first line, which has a time with nanoseconds.
struct LogCursor {
  uint64_t number = 0;      // of the file, from its key "file"; 0: it has none
  uint64_t first_line = 0;  // HashOfLine of its first line; 0: the beginning of the log
  uint64_t offset = 0;      // in the file, bytes
  // Whether the last text of the stream ended without a newline.
  bool output_open = false;
  bool error_open = false;

  bool IsBeginning() const { return first_line == 0; }
  friend bool operator==(const LogCursor&, const LogCursor&) = default;
};

// FNV-1a, but never 0. The result must never change, as clients keep it across restarts of the
// daemon.
uint64_t HashOfLine(std::string_view line);

// A printable text, opaque to clients.
std::string FormatCursor(const LogCursor& cursor);
// Reads what FormatCursor() writes; kInvalidArgument for anything else.
Result<LogCursor> ParseCursor(std::string_view text);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_CURSOR_H_
