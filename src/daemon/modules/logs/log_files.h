// The files of a log, which change their names while they are looked at: `path` is being written;
// path.1, path.2, ... are its rotated predecessors. A rotation renames them from the highest number
// down and ends with a new `path`, so that files move to higher numbers only, and the oldest is
// lost.
//
// Each answer is right for some moment within the call. That is what the looks in a second order
// are for: with a file open, it is one file however often it is renamed.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_FILES_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_FILES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/modules/logs/log_file.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::logs {

// Thread-safe. Where there is no such file the answer is nullptr.
class LogFiles {
 public:
  // What opens a file; kNotFound where it is not there. Tests rotate in between.
  using Opener = std::function<Result<os::UniqueFd>(const std::string& path)>;
  explicit LogFiles(std::string path, Opener opener = OpenToRead)
      : path_(std::move(path)), opener_(std::move(opener)) {}

  Result<std::unique_ptr<LogFile>> Newest() const;
  Result<std::unique_ptr<LogFile>> Oldest() const;
  // The one that was written before `file`.
  Result<std::unique_ptr<LogFile>> Before(const LogFile& file) const;

  struct Successor {
    bool file_is_gone = false;      // it has no name any more: what came after it is not known
    std::unique_ptr<LogFile> next;  // with it `file` is not written any more
  };
  Result<Successor> After(const LogFile& file) const;

  // The one whose first line has the hash `first_line`.
  Result<std::unique_ptr<LogFile>> WithFirstLine(uint64_t first_line) const;

 private:
  static Result<os::UniqueFd> OpenToRead(const std::string& path);
  Result<std::unique_ptr<LogFile>> At(uint32_t number) const;
  Result<bool> IsAt(uint32_t number, const LogFile& file) const;
  Result<bool> IsEmptyBetween(uint32_t low, uint32_t high) const;
  Result<std::optional<uint32_t>> Find(const LogFile& file) const;

  const std::string path_;
  const Opener opener_;
};

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_FILES_H_
