// Reads the json-file logs that monitors write: one object a line, {"log": text, "stream": name,
// "time": ...}, with the text's bytes as "b64" where they are not UTF-8.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::logs {

struct LogChunk {
  bool error = false;  // standard error, else standard output
  std::string text;
};

// Reads through the rotated files, oldest first, up to the end as it is at each call. Not
// thread-safe.
class LogReader {
 public:
  // `path`: the log file; path.1, path.2, ... are its rotated predecessors. `tail`: the last so
  // many lines; negative: all. A log that does not exist is empty.
  static Result<std::unique_ptr<LogReader>> Open(const std::string& path, int64_t tail);

  // The next entries, lines of one stream joined up to some 64 KiB; nothing at the end. A line that
  // is not a log entry (cut short by a power cut) is passed over.
  Result<std::optional<LogChunk>> Next();

 private:
  LogReader() = default;
  Result<std::optional<std::string>> NextLine();
  Result<std::optional<LogChunk>> NextEntry();

  std::deque<os::UniqueFd> files_;  // the first is being read
  std::string buffer_;
  size_t consumed_ = 0;
  std::optional<LogChunk> pending_;
};

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_READER_H_
