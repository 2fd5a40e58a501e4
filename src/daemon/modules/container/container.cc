#include "daemon/modules/container/container.h"

#include <future>
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

std::vector<ChannelName> Container::channel_names() const {
  MutexLock lock(mutex_);
  return channel_names_;
}

std::vector<std::string> Container::mount_points() const {
  MutexLock lock(mutex_);
  return mount_points_;
}

void Container::SetChannels(const ContainerConfig& config) {
  MutexLock lock(mutex_);
  channels_ = config.channels;
  channel_names_ = config.channel_names;
  mount_points_ = config.mount_points;
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
  config.channel_names = channel_names_;
  config.mount_points = mount_points_;
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
  State state;
  Calls calls;
  {
    MutexLock lock(mutex_);
    ASSIGN_OR_RETURN(state_.phase, Next(state_, event));
    run_ += event == Event::kStart ? 1 : 0;
    ending_ = event == Event::kExited;
    if (change) {
      change(state_);
    }
    state = state_;
    calls = Changed();
  }
  Make(calls);
  return state;
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

std::optional<Container::Waited> Container::OutcomeOf(RunId run) const {
  if (run_ != run || !GoesOn() || state_.phase == Phase::kRestarting) {
    return Waited::kEnded;
  }
  if (state_.phase == Phase::kPaused) {
    return Waited::kPaused;
  }
  return interrupted_ ? std::optional(Waited::kInterrupted) : std::nullopt;
}

Container::Waited Container::WaitForEnd(RunId run, std::chrono::steady_clock::time_point deadline) {
  MutexLock lock(mutex_);
  bool in_time = true;
  for (;;) {
    const std::optional<Waited> outcome = OutcomeOf(run);
    if (outcome || !in_time) {
      return outcome.value_or(Waited::kTimedOut);
    }
    in_time = changed_.WaitUntil(mutex_, deadline);
  }
}

Container::WaitId Container::NewWaitId() {
  MutexLock lock(mutex_);
  return next_waiter_++;
}

std::optional<Container::Waited> Container::OnRunEnd(WaitId id, RunId run,
                                                     std::chrono::steady_clock::time_point deadline,
                                                     WaitedCallback callback) {
  MutexLock lock(mutex_);
  if (const std::optional<Waited> outcome = OutcomeOf(run); outcome) {
    return outcome;
  }
  if (std::chrono::steady_clock::now() >= deadline) {
    return Waited::kTimedOut;  // its timer may have fired
  }
  run_waiters_.emplace(id, RunWaiter{run, std::move(callback)});
  return std::nullopt;
}

void Container::ExpireWait(WaitId id) {
  WaitedCallback callback;
  {
    MutexLock lock(mutex_);
    const auto found = run_waiters_.find(id);
    if (found == run_waiters_.end()) {
      return;
    }
    callback = std::move(found->second.callback);
    run_waiters_.erase(found);
  }
  callback(Waited::kTimedOut);
}

Container::Calls Container::Changed() {
  changed_.NotifyAll();
  Calls calls;
  for (auto waiter = run_waiters_.begin(); waiter != run_waiters_.end();) {
    const std::optional<Waited> outcome = OutcomeOf(waiter->second.run);
    if (!outcome) {
      ++waiter;
      continue;
    }
    calls.emplace_back(
        [callback = std::move(waiter->second.callback), outcome] { callback(*outcome); });
    waiter = run_waiters_.erase(waiter);
  }
  return calls;
}

void Container::Make(const Calls& calls) {
  for (const std::function<void()>& call : calls) {
    call();
  }
}

bool Container::restart_is_due() const {
  MutexLock lock(mutex_);
  return restarts_ > 0;
}

void Container::InterruptWaits() {
  Calls calls;
  {
    MutexLock lock(mutex_);
    interrupted_ = true;
    calls = Changed();
  }
  Make(calls);
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

Container::Calls Container::PassOn() {
  Calls calls;
  while (!turns_.empty() && (removed_ || !busy_)) {
    busy_ = !removed_;
    calls.emplace_back([granted = std::move(turns_.front()), gone = removed_] { granted(!gone); });
    turns_.pop_front();
  }
  return calls;
}

void Container::EndOperation() {
  Calls calls;
  {
    MutexLock lock(mutex_);
    busy_ = false;
    calls = PassOn();
  }
  Make(calls);
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
  Calls calls;
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
    calls = Changed();
  }
  for (const ExitCallback& callback : due) {
    callback(end);
  }
  Make(calls);
}

std::optional<Result<ScopedOperation>> ScopedOperation::Request(
    std::shared_ptr<Container> container, Turn turn, Granted granted) {
  const auto outcome = [container](bool given) -> Result<ScopedOperation> {
    if (!given) {
      return NotFound("No such container: " + container->id());
    }
    return ScopedOperation(container);
  };
  bool gone = false;
  {
    MutexLock lock(container->mutex_);
    gone = container->removed_;
    if (!gone && container->busy_) {
      auto call = [granted = std::move(granted), outcome](bool given) { granted(outcome(given)); };
      if (turn == Turn::kFirst) {
        container->turns_.push_front(std::move(call));
      } else {
        container->turns_.push_back(std::move(call));
      }
      return std::nullopt;
    }
    container->busy_ = container->busy_ || !gone;
  }
  return outcome(!gone);
}

Result<ScopedOperation> ScopedOperation::Acquire(std::shared_ptr<Container> container, Turn turn) {
  const auto promise = std::make_shared<std::promise<Result<ScopedOperation>>>();
  std::future<Result<ScopedOperation>> later = promise->get_future();
  std::optional<Result<ScopedOperation>> now = Request(
      std::move(container), turn,
      [promise](Result<ScopedOperation> operation) { promise->set_value(std::move(operation)); });
  return now ? *std::move(now) : later.get();
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
