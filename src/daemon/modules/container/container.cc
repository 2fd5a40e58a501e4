#include "daemon/modules/container/container.h"

#include <utility>

#include "utils/base/strings.h"

namespace isulad::container {

bool Container::GoesOn() const { return IsActive(state_.phase) || ending_; }

std::string Container::name() const {
  MutexLock lock(mutex_);
  return name_;
}

void Container::SetName(std::string name) {
  MutexLock lock(mutex_);
  name_ = std::move(name);
}

std::vector<host_channel::HostChannel> Container::channels() const {
  MutexLock lock(mutex_);
  return channels_;
}

void Container::SetChannels(std::vector<host_channel::HostChannel> channels) {
  MutexLock lock(mutex_);
  channels_ = std::move(channels);
}

spec::ResourceLimits Container::limits() const {
  MutexLock lock(mutex_);
  return limits_;
}

RestartPolicy Container::restart_policy() const {
  MutexLock lock(mutex_);
  return restart_;
}

void Container::SetLimits(spec::ResourceLimits limits, RestartPolicy restart) {
  MutexLock lock(mutex_);
  limits_ = std::move(limits);
  restart_ = restart;
}

ContainerConfig Container::CurrentConfig() const {
  ContainerConfig config = config_;
  MutexLock lock(mutex_);
  config.name = name_;
  config.channels = channels_;
  *config.spec.mutable_host()->mutable_limits() = limits_;
  config.spec.mutable_host()->set_restart_policy(FormatRestartPolicy(restart_));
  config.restart = restart_;
  return config;
}

Health Container::health() const {
  MutexLock lock(mutex_);
  return health_;
}

void Container::UpdateHealth(const std::function<void(Health&)>& change) {
  MutexLock lock(mutex_);
  change(health_);
}

State Container::state() const {
  MutexLock lock(mutex_);
  return state_;
}

bool Container::IsOver() const { return !busy_ && restarts_ == 0 && !IsActive(state_.phase); }

Result<State> Container::Apply(Event event, const std::function<void(State&)>& change) {
  MutexLock lock(mutex_);
  ASSIGN_OR_RETURN(state_.phase, Next(state_, event));
  run_ += event == Event::kStart ? 1 : 0;
  ending_ = event == Event::kExited;
  if (change) {
    change(state_);
  }
  changed_.NotifyAll();
  return state_;
}

State Container::Update(const std::function<void(State&)>& change) {
  MutexLock lock(mutex_);
  change(state_);
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

Container::RunId Container::run() const {
  MutexLock lock(mutex_);
  return run_;
}

Container::Waited Container::WaitForEnd(RunId run, std::chrono::steady_clock::time_point deadline) {
  MutexLock lock(mutex_);
  bool in_time = true;
  for (;;) {
    if (run_ != run || !GoesOn() || state_.phase == Phase::kRestarting) {
      return Waited::kEnded;
    }
    if (state_.phase == Phase::kPaused) {
      return Waited::kPaused;
    }
    if (interrupted_ || !in_time) {
      return interrupted_ ? Waited::kInterrupted : Waited::kTimedOut;
    }
    in_time = changed_.WaitUntil(mutex_, deadline);
  }
}

bool Container::restart_is_due() const {
  MutexLock lock(mutex_);
  return restarts_ > 0;
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
    if (GoesOn() || (until_removed && !removed_)) {
      const WaitId id = next_waiter_++;
      waiters_.emplace(
          id, Waiter{until_removed ? Until::kRemoval : Until::kRunEnd, std::move(callback)});
      return id;
    }
    end.exit_code = state_.exit_code;
  }
  callback(end);
  return 0;
}

Container::WaitId Container::OnEndForGood(ExitCallback callback) {
  RunEnd end;
  {
    MutexLock lock(mutex_);
    if (!removed_ && !IsOver()) {
      const WaitId id = next_waiter_++;
      waiters_.emplace(id, Waiter{Until::kEndForGood, std::move(callback)});
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

void Container::NotifyExit() { Notify(Until::kRunEnd, {}); }

void Container::NotifyRemoval(bool gone, std::vector<std::string> notices) {
  {
    MutexLock lock(mutex_);
    removed_ = removed_ || gone;
  }
  Notify(std::nullopt, {0, std::move(notices)});
}

void Container::EndOperation() {
  {
    MutexLock lock(mutex_);
    busy_ = false;
    changed_.NotifyAll();
  }
  NotifyIfOver();
}

void Container::EndRestart() {
  {
    MutexLock lock(mutex_);
    --restarts_;
  }
  NotifyIfOver();
}

void Container::NotifyIfOver() {
  {
    MutexLock lock(mutex_);
    if (!IsOver()) {
      return;
    }
  }
  Notify(Until::kEndForGood, {});
}

void Container::Notify(std::optional<Until> what, RunEnd end) {
  std::vector<ExitCallback> due;
  {
    MutexLock lock(mutex_);
    ending_ = false;
    end.exit_code = state_.exit_code;
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (what && waiter->second.until != *what) {
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
  if (container_) {
    container_->EndOperation();
  }
}

ScopedRestart::ScopedRestart(std::shared_ptr<Container> container)
    : container_(std::move(container)) {
  MutexLock lock(container_->mutex_);
  ++container_->restarts_;
}

ScopedRestart::~ScopedRestart() { container_->EndRestart(); }

std::string Named(const Container& container) { return "container " + Quote(container.name()); }

Status RequireRunning(const Container& container) {
  const Phase phase = container.state().phase;
  if (phase == Phase::kRunning) {
    return OkStatus();
  }
  const std::string what = Named(container);
  return FailedPrecondition(
      what + (phase == Phase::kPaused ? " is paused: unpause it first" : " is not running"));
}

}  // namespace isulad::container
