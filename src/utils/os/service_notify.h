// Tells the service manager that started this program how it is: sd_notify(3).
//
// A datagram to a socket that the manual page declares stable ("Notes": the protocol may be
// reimplemented): libsystemd would bring a shared library into the daemon for it.
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
  // Takes the address out of the environment ($NOTIFY_SOCKET), so that no child believes that it is
  // asked. To be called while there is one thread.
  static ServiceNotifier FromEnvironment();
  // `address`: a path, or '@' and an abstract name; empty: nobody asks.
  explicit ServiceNotifier(std::string address) : address_(std::move(address)) {}

  // Sends `state`, one or more lines "NAME=value". Success where nobody asks. Waits a few seconds
  // where the manager is slow to read. kInvalidArgument for an address of another kind.
  Status Send(std::string_view state) const;

 private:
  std::string address_;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_SERVICE_NOTIFY_H_
