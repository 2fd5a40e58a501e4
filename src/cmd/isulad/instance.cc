#include "cmd/isulad/instance.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad {
namespace {

constexpr char kLockName[] = "isulad.lock";
constexpr int kEndingMilliseconds = 1000;

// A lock owned by the process, not by a descriptor as with flock(2): if the daemon is killed while
// it starts a program, its child keeps the descriptors until it execs, and the next daemon would be
// refused.
struct flock WholeFile() {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

// Returns true if this process has the lock now, false if another process has it.
Result<bool> TryLock(int file, const std::string& path) {
  const struct flock lock = WholeFile();
  if (::fcntl(file, F_SETLK, &lock) == 0) {
    return true;
  }
  if (errno == EAGAIN || errno == EACCES) {
    return false;
  }
  return SystemError(errno, "lock " + Quote(path));
}

// A killed daemon keeps the lock until the last of its threads has exited. Waits for a moment for
// the holder of the lock, in case it is about to exit.
void AwaitEndOfHolder(int file) {
  struct flock lock = WholeFile();
  if (::fcntl(file, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK) {
    return;
  }
  const Result<os::UniqueFd> holder = os::OpenPidfd(lock.l_pid);
  if (!holder) {
    return;
  }
  struct pollfd ended = {holder->get(), POLLIN, 0};
  while (::poll(&ended, 1, kEndingMilliseconds) < 0 && errno == EINTR) {
  }
}

// Opens the file at `path`, creating it if missing, locks it and writes this process's pid to it.
// `what` names the file in the error if another daemon has it.
Result<os::UniqueFd> LockWithPid(const std::string& path, mode_t mode, const std::string& what) {
  for (;;) {
    ASSIGN_OR_RETURN(os::UniqueFd file, os::Open(path, O_RDWR | O_CREAT | O_NOFOLLOW, mode));
    ASSIGN_OR_RETURN(bool locked, TryLock(file.get(), path));
    if (!locked) {
      AwaitEndOfHolder(file.get());
      ASSIGN_OR_RETURN(locked, TryLock(file.get(), path));
    }
    if (!locked) {
      const std::string holder = os::ReadAll(file.get()).value_or(std::string());
      return AlreadyExists(what + " is in use by another daemon (pid " + std::string(Trim(holder)) +
                           ")");
    }
    struct stat attributes = {};
    if (::fstat(file.get(), &attributes) != 0) {
      return SystemError(errno, "stat " + Quote(path));
    }
    if (attributes.st_nlink == 0) {
      continue;  // its previous holder removed it on exit
    }
    if (::ftruncate(file.get(), 0) != 0) {
      return SystemError(errno, "truncate " + Quote(path));
    }
    RETURN_IF_ERROR(os::WriteAll(file.get(), std::to_string(::getpid()) + "\n"));
    return file;
  }
}

}  // namespace

Result<DirectoryLock> DirectoryLock::Acquire(const std::string& what,
                                             const std::string& directory) {
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0711));
  ASSIGN_OR_RETURN(os::UniqueFd file, LockWithPid(directory + "/" + kLockName, 0600,
                                                  what + " directory " + Quote(directory)));
  return DirectoryLock(std::move(file));
}

Result<PidFile> PidFile::Claim(const std::string& path) {
  RETURN_IF_ERROR(os::MakeDirectories(std::string(ParentPath(path)), 0755));
  ASSIGN_OR_RETURN(os::UniqueFd file, LockWithPid(path, 0644, "pid file " + Quote(path)));
  return PidFile(path, std::move(file));
}

PidFile::~PidFile() {
  if (file_) {
    ::unlink(path_.c_str());  // may have been removed already
  }
}

}  // namespace isulad
