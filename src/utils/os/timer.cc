#include "utils/os/timer.h"

#include <algorithm>
#include <utility>

namespace isulad::os {

struct Timer::State {
  EventLoop::TimerId id = 0;
};

Timer::Timer(EventLoop* loop, std::chrono::steady_clock::time_point when, EventLoop::Task task)
    : loop_(loop), state_(std::make_shared<State>()) {
  loop_->Post([loop, when, state = state_, task = std::move(task)]() mutable {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(when - std::chrono::steady_clock::now());
    state->id = loop->After(std::max(left, std::chrono::milliseconds(0)), std::move(task));
  });
}

// Posted after the constructor's task, so the timer exists by then.
Timer::~Timer() {
  loop_->Post([loop = loop_, state = state_] { loop->Cancel(state->id); });
}

}  // namespace isulad::os
