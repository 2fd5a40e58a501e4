// Connections of a listening socket, by an event loop.
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

// Where the process has no descriptor left for a connection, it stays in the kernel's queue and the
// socket is readable for ever: the acceptor rests for a while instead of spinning, and says so
// once.
//
// Lives on the loop's thread.
class Acceptor {
 public:
  using Handler = std::function<void(UniqueFd connection)>;
  // The reason when it begins to rest, OK when connections are accepted again.
  using Report = std::function<void(const Status& status)>;

  static constexpr std::chrono::milliseconds kRest{200};

  // `listener`: non-blocking. Connections are non-blocking and close-on-exec.
  static Result<std::unique_ptr<Acceptor>> Create(EventLoop* loop, UniqueFd listener,
                                                  Handler handler, Report report);
  // On the loop's thread, or after the loop has ended.
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Hands over all that wait now.
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
  bool failing_ = false;  // and has said so
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_ACCEPTOR_H_
