// One file of a log, open for reading, whatever its present name.
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
  // Whether both are the same file. As both are open, neither inode number can have been reused.
  bool IsSame(const LogFile& other) const {
    return device_ == other.device_ && inode_ == other.inode_;
  }
  Result<uint64_t> Size() const;

  // What distinguishes the file from the others of its log, across renames and daemon restarts.
  struct Identity {
    uint64_t number = 0;      // of its first entry, 0 if that has none
    uint64_t first_line = 0;  // the hash of its first line
  };
  // nullopt as long as the first line is not complete.
  Result<std::optional<Identity>> Identify();

  // Continues reading at `offset` bytes from the start of the file, which must begin a line.
  void Seek(uint64_t offset);
  // The next line without its newline, valid until the next call; nullopt at the end. Text after
  // the last newline is kept for the call that finds its line complete.
  Result<std::optional<std::string_view>> NextLine();
  // The offset after the last line returned.
  uint64_t position() const { return position_; }

 private:
  LogFile(os::UniqueFd fd, dev_t device, ino_t inode)
      : fd_(std::move(fd)), device_(device), inode_(inode) {}

  os::UniqueFd fd_;
  dev_t device_;
  ino_t inode_;
  std::optional<Identity> identity_;
  uint64_t position_ = 0;
  std::string buffer_;   // the bytes from position_ - consumed_ on
  size_t consumed_ = 0;  // bytes of the buffer that were returned
  size_t searched_ = 0;  // bytes of the buffer without a newline after consumed_
};

// Reads `count` bytes at `offset` with pread(2), fewer only at the end of the file.
Result<size_t> ReadAt(int fd, char* buffer, size_t count, uint64_t offset);

}  // namespace isulad::logs

#endif  // ISULAD_DAEMON_MODULES_LOGS_LOG_FILE_H_
