#include "utils/os/safe_open.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "utils/base/strings.h"

namespace isulad::os {
namespace {

// The kernel returns EAGAIN if something was renamed or mounted during its walk. A process that
// renames endlessly must not block us for ever.
constexpr int kMaxAttempts = 128;

int CallOpenat2(int directory, const char* path, open_how how) {
  for (int attempt = 1;; ++attempt) {
    const long fd = ::syscall(SYS_openat2, directory, path, &how, sizeof(how));
    const bool again = fd < 0 && (errno == EAGAIN || errno == EINTR);
    if (!again || attempt == kMaxAttempts) {
      return static_cast<int>(fd);
    }
  }
}

}  // namespace

Result<UniqueFd> OpenAt2(int directory, const std::string& path, int flags, mode_t mode,
                         uint64_t resolve) {
  open_how how = {};
  how.flags = static_cast<unsigned>(flags) | O_CLOEXEC;
  how.resolve = resolve;
  // Unlike open(), openat2() refuses a mode if no file can be created.
  if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE) {
    how.mode = mode;
  }
  const int fd = CallOpenat2(directory, path.c_str(), how);
  if (fd < 0) {
    return SystemError(errno, "open " + Quote(path));
  }
  return UniqueFd(fd);
}

Result<UniqueFd> OpenNoSymlinks(int directory, const std::string& path, int flags, mode_t mode) {
  return OpenAt2(directory, path, flags, mode, RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
}

Result<UniqueFd> OpenInRoot(int root, const std::string& path, int flags, mode_t mode) {
  return OpenAt2(root, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

}  // namespace isulad::os
