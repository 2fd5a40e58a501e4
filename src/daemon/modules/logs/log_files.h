// The files of a log, which may be renamed while they are looked at. `path` is being written;
// path.1, path.2, ... are its rotated predecessors. A rotation renames them from the highest number
// down and ends with a new `path`, so files only ever move to higher numbers, and the oldest one is
// lost.
//
// Each answer is right for some moment within the call. To this end the lookups are repeated in a
// second order: an open file is the same file however often it is renamed.
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

// Thread-safe. Methods return nullptr if there is no such file.
class LogFiles {
 public:
  // Opens a file; kNotFound if it does not exist. Tests use it to rotate between two steps.
  using Opener = std::function<Result<os::UniqueFd>(const std::string& path)>;
  explicit LogFiles(std::string path, Opener opener = OpenToRead)
      : path_(std::move(path)), opener_(std::move(opener)) {}

  Result<std::unique_ptr<LogFile>> Newest() const;
  Result<std::unique_ptr<LogFile>> Oldest() const;
  // The file that was written before `file`.
  Result<std::unique_ptr<LogFile>> Before(const LogFile& file) const;

  struct Successor {
    bool file_is_gone = false;      // `file` has no name any more: its successor is unknown
    std::unique_ptr<LogFile> next;  // if set, `file` is not written any more
  };
  Result<Successor> After(const LogFile& file) const;

  // The file whose first line has the hash `first_line`.
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
