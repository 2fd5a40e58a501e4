#include "utils/os/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "utils/base/strings.h"
#include "utils/os/retry.h"

namespace isulad::os {
namespace {

constexpr size_t kReadChunk = 16384;

Error AtPath(int system_errno, std::string_view action, std::string_view path) {
  return SystemError(system_errno, std::string(action).append(" ").append(Quote(path)));
}

Result<std::string> ReadOpened(Result<UniqueFd> file, const std::string& path, size_t limit) {
  if (!file) {
    return std::move(file).error();
  }
  Result<std::string> data = ReadAll(file->get(), limit);
  if (!data) {
    return std::move(data).error().AddContext(Quote(path));
  }
  return data;
}

Status WriteOnce(int fd, const std::string& path, std::string_view data) {
  const ssize_t written = RetryOnEintr([&] { return ::write(fd, data.data(), data.size()); });
  if (written < 0) {
    return AtPath(errno, "write", path);
  }
  if (static_cast<size_t>(written) != data.size()) {
    return Error(Code::kInternal, EIO, "write " + Quote(path) + ": the kernel took a part only");
  }
  return OkStatus();
}

}  // namespace

Result<UniqueFd> Open(const std::string& path, int flags, mode_t mode) {
  return OpenAt(AT_FDCWD, path, flags, mode);
}

Result<UniqueFd> OpenAt(int directory, const std::string& path, int flags, mode_t mode) {
  const int fd =
      RetryOnEintr([&] { return ::openat(directory, path.c_str(), flags | O_CLOEXEC, mode); });
  if (fd < 0) {
    return AtPath(errno, "open", path);
  }
  return UniqueFd(fd);
}

Result<std::string> ReadFile(const std::string& path, size_t limit) {
  return ReadOpened(Open(path, O_RDONLY), path, limit);
}

Result<std::string> ReadFileAt(int directory, const std::string& name, size_t limit) {
  return ReadOpened(OpenAt(directory, name, O_RDONLY), name, limit);
}

Result<std::string> ReadAll(int fd, size_t limit) {
  // Files of procfs and similar file systems do not report their size.
  std::string data;
  for (;;) {
    const size_t filled = data.size();
    data.resize(filled + kReadChunk);
    const ssize_t n = RetryOnEintr([&] { return ::read(fd, data.data() + filled, kReadChunk); });
    if (n < 0) {
      return SystemError(errno, "read");
    }
    data.resize(filled + static_cast<size_t>(n));
    if (n == 0) {
      return data;
    }
    if (data.size() > limit) {
      return Error(Code::kResourceExhausted, EFBIG,
                   "holds more than " + std::to_string(limit) + " bytes");
    }
  }
}

Status WriteAll(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t written = RetryOnEintr([&] { return ::write(fd, data.data(), data.size()); });
    if (written < 0) {
      return SystemError(errno, "write");
    }
    data.remove_prefix(static_cast<size_t>(written));
  }
  return OkStatus();
}

Status WriteKernelFile(const std::string& path, std::string_view data) {
  return WriteKernelFileAt(AT_FDCWD, path, data);
}

Status WriteKernelFileAt(int directory, const std::string& name, std::string_view data) {
  ASSIGN_OR_RETURN(const UniqueFd file, OpenAt(directory, name, O_WRONLY));
  return WriteOnce(file.get(), name, data);
}

bool PathExists(const std::string& path) {
  struct stat status = {};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace isulad::os
