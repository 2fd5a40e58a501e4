// What makes a daemon the only one on its directories, and findable: the lock, the pid file.
#ifndef ISULAD_CMD_ISULAD_INSTANCE_H_
#define ISULAD_CMD_ISULAD_INSTANCE_H_

#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad {

// A lock on a data directory, held for as long as the object lives, and by no child. kAlreadyExists
// where another daemon has it, and does not end within a second; the message has its pid. The lock
// is the process's: one object for a directory.
class DirectoryLock {
 public:
  static Result<DirectoryLock> Acquire(const std::string& directory);

 private:
  explicit DirectoryLock(os::UniqueFd file) : file_(std::move(file)) {}
  os::UniqueFd file_;
};

// A file with our pid, removed at the end.
class PidFile {
 public:
  static Result<PidFile> Write(const std::string& path);
  ~PidFile();
  PidFile(PidFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PidFile& operator=(PidFile&&) = delete;

 private:
  explicit PidFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_INSTANCE_H_
