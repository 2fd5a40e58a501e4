// What makes a daemon the only one on its directories, and findable: the lock, the pid file.
#ifndef ISULAD_CMD_ISULAD_INSTANCE_H_
#define ISULAD_CMD_ISULAD_INSTANCE_H_

#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad {

// A lock on a directory, which is made where it is missing; held for as long as the object lives,
// and by no child. kAlreadyExists where another daemon has it, and does not end within a second;
// the message has its pid, and `what` the directory is ("data"). The lock is the process's: one
// object for a directory.
class DirectoryLock {
 public:
  static Result<DirectoryLock> Acquire(const std::string& what, const std::string& directory);

 private:
  explicit DirectoryLock(os::UniqueFd file) : file_(std::move(file)) {}
  os::UniqueFd file_;
};

// A file with our pid, locked in the same way and removed at the end. What another daemon that
// lives has written is kAlreadyExists; what a dead one has left is taken over.
class PidFile {
 public:
  static Result<PidFile> Claim(const std::string& path);
  ~PidFile();
  PidFile(PidFile&&) = default;
  PidFile& operator=(PidFile&&) = delete;

 private:
  PidFile(std::string path, os::UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  os::UniqueFd file_;
};

}  // namespace isulad

#endif  // ISULAD_CMD_ISULAD_INSTANCE_H_
