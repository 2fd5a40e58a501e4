// A timer that is cancelled when its owner is destroyed.
#ifndef ISULAD_UTILS_OS_TIMER_H_
#define ISULAD_UTILS_OS_TIMER_H_

#include <chrono>
#include <memory>

#include "utils/os/event_loop.h"

namespace isulad::os {

// Runs a task on a loop once, unless the timer is destroyed before. The task may be running at the
// time of the destruction. Can be created and destroyed on any thread. The loop must outlive the
// timer.
class Timer {
 public:
  Timer(EventLoop* loop, std::chrono::steady_clock::time_point when, EventLoop::Task task);
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  struct State;  // used by the loop's thread only
  EventLoop* const loop_;
  const std::shared_ptr<State> state_;
};

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_TIMER_H_
