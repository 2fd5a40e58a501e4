#include "utils/os/nonblocking_io.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "utils/os/retry.h"

namespace isulad::os {
namespace {

Result<size_t> Taken(ssize_t count, std::string_view what) {
  if (count >= 0) {
    return static_cast<size_t>(count);
  }
  return errno == EAGAIN ? Result<size_t>(0) : SystemError(errno, what);
}

}  // namespace

Result<std::optional<size_t>> ReadSome(int fd, char* buffer, size_t size) {
  const ssize_t count = RetryOnEintr([&] { return ::read(fd, buffer, size); });
  if (count < 0 && errno == EAGAIN) {
    return std::optional<size_t>();
  }
  ASSIGN_OR_RETURN(const size_t taken, Taken(count, "read"));
  return std::optional<size_t>(taken);
}

Result<size_t> WriteSome(int fd, std::string_view bytes) {
  return Taken(RetryOnEintr([&] { return ::write(fd, bytes.data(), bytes.size()); }), "write");
}

Result<size_t> SendSome(int socket, std::string_view bytes) {
  return Taken(
      RetryOnEintr([&] { return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }),
      "send");
}

Result<std::pair<UniqueFd, UniqueFd>> Pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return SystemError(errno, "make a pipe");
  }
  return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

}  // namespace isulad::os
