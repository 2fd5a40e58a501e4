// An epoll loop for one thread: descriptors, timers and posted work.
//
// Run() makes all calls on the thread that it runs on. Post() and Stop() may be called from any
// thread, everything else only from the loop's thread or before Run().
#ifndef ISULAD_UTILS_OS_EVENT_LOOP_H_
#define ISULAD_UTILS_OS_EVENT_LOOP_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "utils/base/mutex.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

class EventLoop {
 public:
  // `events` as epoll reports them: EPOLLIN, EPOLLOUT, EPOLLHUP, EPOLLERR.
  using Handler = std::function<void(uint32_t events)>;
  using Task = std::function<void()>;
  using TimerId = uint64_t;

  static Result<std::unique_ptr<EventLoop>> Create();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Level-triggered. The caller keeps ownership of the descriptor and must call Remove() before
  // closing it. A handler may add and remove any descriptor, including its own; it is not called
  // again after Remove().
  Status Add(int fd, uint32_t events, Handler handler);
  Status Modify(int fd, uint32_t events);
  void Remove(int fd);

  // Runs `task` once after `delay`. Cancelling an id that has fired or was never given does
  // nothing.
  TimerId After(std::chrono::milliseconds delay, Task task);
  void Cancel(TimerId id);

  // Runs `task` soon on the loop's thread; may be called from any thread. Tasks posted after Run()
  // has returned are never run.
  void Post(Task task);
  // Runs until Stop(), which may have been called before. Returns the reason if epoll fails.
  Status Run();
  void Stop();

 private:
  struct Registration {
    uint32_t generation = 0;
    std::shared_ptr<Handler> handler;
  };

  EventLoop(UniqueFd epoll, UniqueFd wakeup);
  int NextTimeoutMs() const;
  void Dispatch(uint64_t key, uint32_t events);
  void RunTimers();
  void RunPosted();
  void WakeUp();

  UniqueFd epoll_;
  UniqueFd wakeup_;
  std::unordered_map<int, Registration> registrations_;
  uint32_t next_generation_ = 1;
  std::map<std::pair<std::chrono::steady_clock::time_point, TimerId>, Task> timers_;
  TimerId next_timer_ = 1;
  std::atomic<bool> stopped_ = false;
  Mutex mutex_;
  std::vector<Task> posted_ GUARDED_BY(mutex_);
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_EVENT_LOOP_H_
