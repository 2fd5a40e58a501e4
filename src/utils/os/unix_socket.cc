#include "utils/os/unix_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/retry.h"

namespace isulad::os {
namespace {

struct Address {
  sockaddr_un socket = {};
  // Keeps the path in `socket` valid if it goes through the directory.
  UniqueFd directory;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&socket); }
  const char* path() const { return socket.sun_path; }
};

Result<Address> MakeAddress(const std::string& path) {
  Address address;
  address.socket.sun_family = AF_UNIX;
  std::string name = path;
  if (name.size() >= sizeof(address.socket.sun_path)) {
    ASSIGN_OR_RETURN(address.directory, Open(std::string(ParentPath(path)), O_PATH | O_DIRECTORY));
    name = "/proc/self/fd/" + std::to_string(address.directory.get()) + "/";
    name.append(BaseName(path));
  }
  if (name.size() >= sizeof(address.socket.sun_path)) {
    return SystemError(ENAMETOOLONG, "socket " + Quote(path));
  }
  std::memcpy(address.socket.sun_path, name.c_str(), name.size() + 1);
  return address;
}

Result<UniqueFd> NewSocket() {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) {
    return SystemError(errno, "make a socket");
  }
  return socket;
}

Status Bind(int socket, const Address& address, mode_t mode, const std::string& path) {
  // The file is created with the mode of the socket, less the umask, so it is never more open than
  // requested, not even until chmod().
  if (::fchmod(socket, mode) != 0) {
    return SystemError(errno, "chmod socket " + Quote(path));
  }
  if (::bind(socket, address.get(), sizeof(address.socket)) == 0) {
    return OkStatus();
  }
  if (errno == EADDRINUSE) {
    return Error(Code::kAlreadyExists, EADDRINUSE, "socket " + Quote(path) + " exists");
  }
  return SystemError(errno, "bind socket " + Quote(path));
}

// The descriptor in a received message, if any.
UniqueFd DescriptorIn(msghdr& message) {
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN(sizeof(int))) {
    return UniqueFd();
  }
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(header), sizeof(fd));
  return UniqueFd(fd);
}

}  // namespace

Result<UniqueFd> ListenUnix(const std::string& path, mode_t mode, int backlog) {
  ASSIGN_OR_RETURN(const Address address, MakeAddress(path));
  ASSIGN_OR_RETURN(UniqueFd socket, NewSocket());
  RETURN_IF_ERROR(Bind(socket.get(), address, mode, path));
  if (::chmod(address.path(), mode) != 0 || ::listen(socket.get(), backlog) != 0) {
    const int reason = errno;
    ::unlink(address.path());
    return SystemError(reason, "listen on socket " + Quote(path));
  }
  return socket;
}

Result<UniqueFd> ConnectUnix(const std::string& path) {
  ASSIGN_OR_RETURN(const Address address, MakeAddress(path));
  ASSIGN_OR_RETURN(UniqueFd socket, NewSocket());
  const int result =
      RetryOnEintr([&] { return ::connect(socket.get(), address.get(), sizeof(address.socket)); });
  if (result == 0) {
    return socket;
  }
  const Error error = SystemError(errno, "connect to socket " + Quote(path));
  if (error.system_errno() == ECONNREFUSED) {
    return Error(Code::kUnavailable, ECONNREFUSED, error.message());
  }
  return error;
}

Result<std::pair<UniqueFd, UniqueFd>> SocketPair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return SystemError(errno, "make a pair of sockets");
  }
  return std::make_pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

Result<UniqueFd> Accept(int listener, bool non_blocking) {
  const int flags = SOCK_CLOEXEC | (non_blocking ? SOCK_NONBLOCK : 0);
  UniqueFd socket(RetryOnEintr([&] { return ::accept4(listener, nullptr, nullptr, flags); }));
  if (socket) {
    return socket;
  }
  // ECONNABORTED: the client has given up.
  if (errno == EAGAIN || errno == ECONNABORTED) {
    return Error(Code::kUnavailable, errno, "no connection waits");
  }
  return SystemError(errno, "accept a connection");
}

Result<UniqueFd> ReceiveDescriptor(int socket) {
  char payload = 0;
  iovec vector = {&payload, sizeof(payload)};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr message = {};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  const ssize_t n = RetryOnEintr([&] { return ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC); });
  if (n < 0) {
    return SystemError(errno, "receive a descriptor");
  }
  UniqueFd received = DescriptorIn(message);
  if (!received) {
    return n == 0 ? Unavailable("the sender has closed the connection")
                  : InvalidArgument("the message carries no descriptor");
  }
  return received;
}

Status SetNonBlocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) {
    return SystemError(errno, "make a descriptor non-blocking");
  }
  return OkStatus();
}

}  // namespace isulad::os
