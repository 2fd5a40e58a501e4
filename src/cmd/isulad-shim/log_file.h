// A container's log on disk, rotated by size. A file is never written again after its rotation, so
// that a reader that holds it open can read it to its end and then continue with the next.
#ifndef ISULAD_CMD_ISULAD_SHIM_LOG_FILE_H_
#define ISULAD_CMD_ISULAD_SHIM_LOG_FILE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/isulad-shim/log_line.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// The renames, in order, that make room for a new `path` if `files` files are kept in all; path.1
// is the newest of the rotated ones. The file that the last rename overwrites is lost. With one
// file there is nothing to rename. Pure.
std::vector<std::pair<std::string, std::string>> RotationRenames(const std::string& path,
                                                                 uint32_t files);

// Not thread-safe. Writes block: they go to a file.
class LogFile {
 public:
  struct Limits {
    uint64_t max_bytes = 0;  // of one file; 0: no limit
    uint32_t max_files = 1;
  };
  // Appends to an existing log, on a new line if a killed monitor has left an incomplete one.
  // `clock` must outlive the LogFile.
  static Result<std::unique_ptr<LogFile>> Open(std::string path, Limits limits, const Clock* clock);

  // On a failed write (a full disk) entries of this call are lost; later calls succeed again once
  // there is room. A failed rotation is also an error, but loses nothing: the file grows beyond its
  // limit.
  Status Append(bool error, std::string_view bytes);
  // Writes the last lines, which lack a newline.
  Status Finish();

 private:
  LogFile(std::string path, Limits limits, const Clock* clock);
  LineSplitter::Emit EmitTo(bool error, std::string* entries, Status* status);
  Status Reopen(int flags);
  uint64_t CurrentNumber() const;
  Status Rotate();
  Status MoveAway() const;
  Status WriteEntries(std::string* entries);

  const std::string path_;
  const Limits limits_;
  const Clock* const clock_;
  os::UniqueFd file_;
  uint64_t size_ = 0;
  uint64_t number_ = 0;  // of the open file; see log_line.h
  bool torn_ = false;    // the last write ended within an entry
  bool moved_ = false;   // the open file has been rotated, and there is no new one yet
  LineSplitter output_;
  LineSplitter error_;
};

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_LOG_FILE_H_
