// A timer that goes with its owner.
#ifndef ISULAD_UTILS_OS_TIMER_H_
#define ISULAD_UTILS_OS_TIMER_H_

#include <chrono>
#include <memory>

#include "utils/os/event_loop.h"

namespace isulad::os {

// Runs a task on a loop once, unless it is destroyed before; the task may be under way then. Made
// and destroyed on any thread. The loop outlives it.
class Timer {
 public:
  Timer(EventLoop* loop, std::chrono::steady_clock::time_point when, EventLoop::Task task);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  struct State;  // the loop thread's
  EventLoop* const loop_;
  const std::shared_ptr<State> state_;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_TIMER_H_
