// Accepts the connections of a listening socket on an event loop.
#ifndef ISULAD_UTILS_OS_ACCEPTOR_H_
#define ISULAD_UTILS_OS_ACCEPTOR_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "utils/base/result.h"
#include "utils/os/event_loop.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// If the process has no descriptor left for a connection, the connection stays in the kernel's
// queue and the socket stays readable. The acceptor then pauses for a while instead of spinning,
// and reports this once.
//
// To be used only on the loop's thread.
class Acceptor {
 public:
  using Handler = std::function<void(UniqueFd connection)>;
  // Receives the reason when the acceptor pauses, and OK when connections are accepted again.
  using Report = std::function<void(const Status& status)>;

  static constexpr std::chrono::milliseconds kRest{200};

  // `listener` must be non-blocking. Connections are non-blocking and close-on-exec.
  static Result<std::unique_ptr<Acceptor>> Create(EventLoop* loop, UniqueFd listener,
                                                  Handler handler, Report report);
  // To be called on the loop's thread, or after the loop has ended.
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Accepts all pending connections and passes them to the handler.
  void AcceptAll();

 private:
  Acceptor(EventLoop* loop, UniqueFd listener, Handler handler, Report report);
  void Rest(const Error& reason);
  void Watch(uint32_t events);

  EventLoop* const loop_;
  const UniqueFd listener_;
  const Handler handler_;
  const Report report_;
  std::optional<EventLoop::TimerId> resting_;
  bool failing_ = false;  // accepting fails, and this has been reported
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_ACCEPTOR_H_
