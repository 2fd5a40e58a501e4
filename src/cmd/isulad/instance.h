// Ensures that a daemon is the only one on its directories and can be found: the lock and the pid
// file.
#ifndef ISULAD_CMD_ISULAD_INSTANCE_H_
#define ISULAD_CMD_ISULAD_INSTANCE_H_

#include <string>

#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad {

// A lock on a directory, which is created if missing. The lock is held for as long as the object
// lives and is not inherited by children. kAlreadyExists if another daemon holds it and does not
// exit within a second; the message has that daemon's pid and `what`, the purpose of the directory
// ("data"). The lock belongs to the process: create only one object per directory.
class DirectoryLock {
 public:
  static Result<DirectoryLock> Acquire(const std::string& what, const std::string& directory);

 private:
  explicit DirectoryLock(os::UniqueFd file) : file_(std::move(file)) {}
  os::UniqueFd file_;
};

// A file with the daemon's pid, locked in the same way and removed on destruction. kAlreadyExists
// if the file belongs to another running daemon; a file left by a dead one is taken over.
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
