#include "cmd/isulad/instance.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad {
namespace {

constexpr char kLockName[] = "isulad.lock";

// The lock of a process, not of a descriptor as flock(2) has it: where the daemon is killed while
// it starts a program, its child has the descriptors until it execs, and the next daemon would be
// refused.
struct flock WholeFile() {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

}  // namespace

Result<DirectoryLock> DirectoryLock::Acquire(const std::string& directory) {
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0711));
  const std::string path = directory + "/" + kLockName;
  ASSIGN_OR_RETURN(os::UniqueFd file, os::Open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
  const struct flock lock = WholeFile();
  if (::fcntl(file.get(), F_SETLK, &lock) != 0) {
    if (errno != EAGAIN && errno != EACCES) {
      return SystemError(errno, "lock " + Quote(path));
    }
    const std::string holder = os::ReadAll(file.get()).value_or(std::string());
    return AlreadyExists("data directory " + Quote(directory) +
                         " is in use by another daemon (pid " + std::string(Trim(holder)) + ")");
  }
  if (::ftruncate(file.get(), 0) != 0) {
    return SystemError(errno, "truncate " + Quote(path));
  }
  RETURN_IF_ERROR(os::WriteAll(file.get(), std::to_string(::getpid()) + "\n"));
  return DirectoryLock(std::move(file));
}

Result<PidFile> PidFile::Write(const std::string& path) {
  RETURN_IF_ERROR(os::MakeDirectories(std::string(ParentPath(path)), 0755));
  RETURN_IF_ERROR(
      os::WriteFileAtomic(path, std::to_string(::getpid()) + "\n", 0644, os::Sync::kNone));
  return PidFile(path);
}

PidFile::~PidFile() {
  if (!path_.empty()) {
    ::unlink(path_.c_str());  // gone already: all the better
  }
}

}  // namespace isulad
