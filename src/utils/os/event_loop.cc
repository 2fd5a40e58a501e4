#include "utils/os/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace isulad::os {
namespace {

using std::chrono::steady_clock;

constexpr int kEventsPerWait = 64;

// The generation distinguishes an event of a descriptor from one of an earlier descriptor with the
// same number, which a handler has removed and closed since epoll_wait() returned.
uint64_t KeyOf(int fd, uint32_t generation) {
  return uint64_t{generation} << 32 | static_cast<uint32_t>(fd);
}

epoll_event MakeEvent(uint32_t events, uint64_t key) {
  epoll_event event = {};
  event.events = events;
  event.data.u64 = key;
  return event;
}

}  // namespace

Result<std::unique_ptr<EventLoop>> EventLoop::Create() {
  UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) {
    return SystemError(errno, "epoll_create1");
  }
  UniqueFd wakeup(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wakeup) {
    return SystemError(errno, "eventfd");
  }
  const int wakeup_fd = wakeup.get();
  std::unique_ptr<EventLoop> loop(new EventLoop(std::move(epoll), std::move(wakeup)));
  RETURN_IF_ERROR(loop->Add(wakeup_fd, EPOLLIN, [wakeup_fd](uint32_t) {
    uint64_t count = 0;
    // Only resets the counter; every round checks for posted work.
    static_cast<void>(!::read(wakeup_fd, &count, sizeof(count)));
  }));
  return loop;
}

EventLoop::EventLoop(UniqueFd epoll, UniqueFd wakeup)
    : epoll_(std::move(epoll)), wakeup_(std::move(wakeup)) {}

EventLoop::~EventLoop() = default;

Status EventLoop::Add(int fd, uint32_t events, Handler handler) {
  const uint32_t generation = next_generation_++;
  epoll_event event = MakeEvent(events, KeyOf(fd, generation));
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
    return SystemError(errno, "watch a descriptor");
  }
  registrations_[fd] = {generation, std::make_shared<Handler>(std::move(handler))};
  return OkStatus();
}

Status EventLoop::Modify(int fd, uint32_t events) {
  const auto found = registrations_.find(fd);
  if (found == registrations_.end()) {
    return NotFound("the descriptor is not watched");
  }
  epoll_event event = MakeEvent(events, KeyOf(fd, found->second.generation));
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event) != 0) {
    return SystemError(errno, "watch a descriptor for other events");
  }
  return OkStatus();
}

void EventLoop::Remove(int fd) {
  if (registrations_.erase(fd) > 0) {
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  }
}

EventLoop::TimerId EventLoop::After(std::chrono::milliseconds delay, Task task) {
  const TimerId id = next_timer_++;
  timers_.emplace(std::make_pair(steady_clock::now() + delay, id), std::move(task));
  return id;
}

void EventLoop::Cancel(TimerId id) {
  const auto found = std::find_if(timers_.begin(), timers_.end(),
                                  [id](const auto& timer) { return timer.first.second == id; });
  if (found != timers_.end()) {
    timers_.erase(found);
  }
}

void EventLoop::Post(Task task) {
  {
    const MutexLock lock(mutex_);
    posted_.push_back(std::move(task));
  }
  WakeUp();
}

void EventLoop::Stop() {
  stopped_ = true;
  WakeUp();
}

Status EventLoop::Run() {
  std::array<epoll_event, kEventsPerWait> events;
  while (!stopped_) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsPerWait, NextTimeoutMs());
    if (count < 0 && errno != EINTR) {
      return SystemError(errno, "epoll_wait");
    }
    for (int i = 0; i < count && !stopped_; ++i) {
      Dispatch(events[static_cast<size_t>(i)].data.u64, events[static_cast<size_t>(i)].events);
    }
    RunTimers();
    RunPosted();
  }
  stopped_ = false;
  return OkStatus();
}

int EventLoop::NextTimeoutMs() const {
  if (timers_.empty()) {
    return -1;
  }
  // Rounded up: waking early would mean spinning until the timer is due.
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers_.begin()->first.first -
                                                                 steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

void EventLoop::Dispatch(uint64_t key, uint32_t events) {
  const auto found = registrations_.find(static_cast<int>(key & 0xffffffff));
  if (found == registrations_.end() || found->second.generation != key >> 32) {
    return;
  }
  // Keeps the handler alive: it may remove itself.
  const std::shared_ptr<Handler> handler = found->second.handler;
  (*handler)(events);
}

void EventLoop::RunTimers() {
  // Fixed for the round, so that a timer which rearms itself cannot starve the descriptors.
  const auto now = steady_clock::now();
  while (!stopped_ && !timers_.empty() && timers_.begin()->first.first <= now) {
    const auto timer = timers_.extract(timers_.begin());
    timer.mapped()();
  }
}

void EventLoop::RunPosted() {
  std::vector<Task> tasks;
  {
    const MutexLock lock(mutex_);
    tasks.swap(posted_);
  }
  for (const Task& task : tasks) {
    task();
  }
}

void EventLoop::WakeUp() {
  const uint64_t one = 1;
  // Fails only if the counter is full, in which case the loop wakes anyway.
  static_cast<void>(!::write(wakeup_.get(), &one, sizeof(one)));
}

}  // namespace isulad::os
