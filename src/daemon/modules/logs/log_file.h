// One file of a log, open for reading, whatever its name is by now.
#ifndef ISULAD_DAEMON_MODULES_LOGS_LOG_FILE_H_
#define ISULAD_DAEMON_MODULES_LOGS_LOG_FILE_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::logs {

// Not thread-safe.
class LogFile {
 public:
  static Result<std::unique_ptr<LogFile>> Create(os::UniqueFd fd);

  int fd() const { return fd_.get(); }
  // Whether both are the same file. As both are open, no number of theirs can have come back.
  bool IsSame(const LogFile& other) const {
    return device_ == other.device_ && inode_ == other.inode_;
  }
  Result<uint64_t> Size() const;

  // What tells it from the other files of its log, over its names and the life of a daemon.
  struct Identity {
    uint64_t number = 0;      // of its first entry, 0 where that has none
    uint64_t first_line = 0;  // its hash
  };
  // nullopt as long as its first line is not whole.
  Result<std::optional<Identity>> Identify();

  // From 0; `offset` is the beginning of a line.
  void Seek(uint64_t offset);
  // The next line without its newline, valid until the next call; nullopt at the end. What stands
  // behind the last newline is kept for the call that finds it whole.
  Result<std::optional<std::string_view>> NextLine();
  // Behind the last line that was handed out.
  uint64_t position() const { return position_; }

 private:
  LogFile(os::UniqueFd fd, dev_t device, ino_t inode)
      : fd_(std::move(fd)), device_(device), inode_(inode) {}

  os::UniqueFd fd_;
  dev_t device_;
  ino_t inode_;
  std::optional<Identity> identity_;
  uint64_t position_ = 0;
  std::string buffer_;   // what follows position_ - consumed_
  size_t consumed_ = 0;  // bytes of the buffer that were handed out
  size_t searched_ = 0;  // bytes of the buffer that hold no newline behind consumed_
};

// pread(2) of up to `count` bytes at `offset`, less only at the end of the file.
Result<size_t> ReadAt(int fd, char* buffer, size_t count, uint64_t offset);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_FILE_H_
