// Reports status to the service manager that started this program: sd_notify(3).
//
// Sends a datagram to a socket. The manual page declares this protocol stable ("Notes": it may be
// reimplemented), whereas libsystemd would bring a shared library into the daemon.
#ifndef ISULAD_UTILS_OS_SERVICE_NOTIFY_H_
#define ISULAD_UTILS_OS_SERVICE_NOTIFY_H_

#include <string>
#include <string_view>
#include <utility>

#include "utils/base/result.h"

namespace isulad::os {

inline constexpr std::string_view kServiceReady = "READY=1";
inline constexpr std::string_view kServiceStopping = "STOPPING=1";

class ServiceNotifier {
 public:
  // Removes the address from the environment ($NOTIFY_SOCKET), so that no child process uses it.
  // Must be called while there is only one thread.
  static ServiceNotifier FromEnvironment();
  // `address` is a path, or '@' and an abstract name; if empty, there is no service manager to
  // notify.
  explicit ServiceNotifier(std::string address) : address_(std::move(address)) {}

  // Sends `state`, one or more lines "NAME=value". Succeeds if there is no service manager to
  // notify. Waits a few seconds if the manager is slow to read. kInvalidArgument for an address of
  // another kind.
  Status Send(std::string_view state) const;

 private:
  std::string address_;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_SERVICE_NOTIFY_H_
