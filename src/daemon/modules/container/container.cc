#include "daemon/modules/container/container.h"

#include <utility>

namespace isulad::container {
namespace {

bool IsActive(const State& state) {
  return state.phase == Phase::kStarting || state.phase == Phase::kRunning;
}

}  // namespace

State Container::state() const {
  MutexLock lock(mutex_);
  return state_;
}

Result<State> Container::Apply(Event event, const std::function<void(State&)>& change) {
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(state_.phase, Next(state_, event));
  if (change) {
    change(state_);
  }
  changed_.NotifyAll();
  return state_;
}

std::shared_ptr<shim::Monitor> Container::monitor() const {
  MutexLock lock(mutex_);
  return monitor_;
}

void Container::SetMonitor(std::shared_ptr<shim::Monitor> monitor) {
  MutexLock lock(mutex_);
  std::swap(monitor_, monitor);
  // The old one goes with the argument, after the lock.
}

Container::Waited Container::WaitUntilStopped(std::chrono::steady_clock::time_point deadline) {
  MutexLock lock(mutex_);
  bool in_time = true;
  while (IsActive(state_) && in_time && !interrupted_) {
    in_time = changed_.WaitUntil(mutex_, deadline);
  }
  if (!IsActive(state_)) {
    return Waited::kStopped;
  }
  return interrupted_ ? Waited::kInterrupted : Waited::kTimedOut;
}

void Container::InterruptWaits() {
  MutexLock lock(mutex_);
  interrupted_ = true;
  changed_.NotifyAll();
}

Container::WaitId Container::OnExit(bool until_removed, ExitCallback callback) {
  RunEnd end;
  {
    MutexLock lock(mutex_);
    if (IsActive(state_) || (until_removed && !removed_)) {
      const WaitId id = next_waiter_++;
      waiters_.emplace(id, Waiter{until_removed, std::move(callback)});
      return id;
    }
    end.exit_code = state_.exit_code;
  }
  callback(end);
  return 0;
}

void Container::CancelWait(WaitId id) {
  ExitCallback dropped;  // destroyed after the lock
  MutexLock lock(mutex_);
  if (const auto found = waiters_.find(id); found != waiters_.end()) {
    dropped = std::move(found->second.callback);
    waiters_.erase(found);
  }
}

void Container::NotifyExit() { Notify(false, {}); }

void Container::NotifyRemoval(bool gone, std::vector<std::string> notices) {
  {
    MutexLock lock(mutex_);
    removed_ = removed_ || gone;
  }
  Notify(true, {0, std::move(notices)});
}

void Container::Notify(bool all, RunEnd end) {
  std::vector<ExitCallback> due;
  {
    MutexLock lock(mutex_);
    end.exit_code = state_.exit_code;
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (!all && waiter->second.until_removed) {
        ++waiter;
        continue;
      }
      due.push_back(std::move(waiter->second.callback));
      waiter = waiters_.erase(waiter);
    }
    changed_.NotifyAll();
  }
  for (const ExitCallback& callback : due) {
    callback(end);
  }
}

Result<ScopedOperation> ScopedOperation::Acquire(std::shared_ptr<Container> container) {
  {
    MutexLock lock(container->mutex_);
    while (container->busy_ && !container->removed_) {
      container->changed_.Wait(container->mutex_);
    }
    if (container->removed_) {
      return NotFound("No such container: " + container->id());
    }
    container->busy_ = true;
  }
  return ScopedOperation(std::move(container));
}

ScopedOperation::~ScopedOperation() {
  if (!container_) {
    return;
  }
  MutexLock lock(container_->mutex_);
  container_->busy_ = false;
  container_->changed_.NotifyAll();
}

}  // namespace isulad::container
