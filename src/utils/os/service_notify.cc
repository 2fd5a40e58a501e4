#include "utils/os/service_notify.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "utils/base/strings.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {
namespace {

constexpr char kVariable[] = "NOTIFY_SOCKET";
// A service manager that does not read must not keep the daemon from serving.
constexpr timeval kSendTimeout = {5, 0};

}  // namespace

ServiceNotifier ServiceNotifier::FromEnvironment() {
  const char* value = std::getenv(kVariable);
  ServiceNotifier notifier(value == nullptr ? "" : value);
  ::unsetenv(kVariable);
  return notifier;
}

Status ServiceNotifier::Send(std::string_view state) const {
  if (address_.empty()) {
    return OkStatus();
  }
  const bool abstract = address_.front() == '@';
  sockaddr_un address = {};
  if ((!abstract && address_.front() != '/') || address_.size() < 2 ||
      address_.size() >= sizeof(address.sun_path)) {
    return InvalidArgument(std::string(kVariable) + " " + Quote(address_) +
                           " is neither a socket's path nor an abstract name");
  }
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, address_.data(), address_.size());
  if (abstract) {
    address.sun_path[0] = '\0';
  }
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  const UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &kSendTimeout,
                              sizeof(kSendTimeout)) != 0) {
    return SystemError(errno, "make a socket");
  }
  ssize_t sent = -1;
  do {
    sent = ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
                    reinterpret_cast<const sockaddr*>(&address), length);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) {
    return SystemError(errno, "tell the service manager at " + Quote(address_));
  }
  return OkStatus();
}

}  // namespace isulad::os
