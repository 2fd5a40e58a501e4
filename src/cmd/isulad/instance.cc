#include "cmd/isulad/instance.h"

#include <fcntl.h>
#include <poll.h>
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

// The lock of a process, not of a descriptor as flock(2) has it: where the daemon is killed while
// it starts a program, its child has the descriptors until it execs, and the next daemon would be
// refused.
struct flock WholeFile() {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

// Whether we have the lock now; false: somebody else has it.
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

// A daemon that has been killed keeps the lock until the last of its threads has ended. Waits a
// moment for whoever has it, in case he is about to end.
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

}  // namespace

Result<DirectoryLock> DirectoryLock::Acquire(const std::string& directory) {
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0711));
  const std::string path = directory + "/" + kLockName;
  ASSIGN_OR_RETURN(os::UniqueFd file, os::Open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
  ASSIGN_OR_RETURN(bool locked, TryLock(file.get(), path));
  if (!locked) {
    AwaitEndOfHolder(file.get());
    ASSIGN_OR_RETURN(locked, TryLock(file.get(), path));
  }
  if (!locked) {
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
