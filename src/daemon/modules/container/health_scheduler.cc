#include "daemon/modules/container/health_scheduler.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "utils/base/duration.h"
#include "utils/base/signals.h"

namespace isulad::container {
namespace {

constexpr int kKilledExitCode = ShellStatus(0, SIGKILL);
// Within which the end of a run is heard of after that of its processes.
constexpr std::chrono::seconds kEndNews(1);
// The time within which a killed check is gone, unless it hangs.
constexpr std::chrono::nanoseconds kDyingTime = std::chrono::seconds(10);

const HealthOptions& OptionsOf(const Container& container) { return container.config().health; }

// Why a check that has reached its time limit counts as a failure.
std::string TimeoutText(bool let_go, std::chrono::nanoseconds limit, const std::string& output) {
  return std::string(let_go ? "health check exceeded timeout ("
                            : "health check did not start within its time (") +
         FormatDuration(limit) + ")" + (output.empty() ? "" : ": " + output);
}

bool IsPaused(const Container& container) { return container.state().phase == Phase::kPaused; }

}  // namespace

HealthScheduler::HealthScheduler(HealthTimers* timers, const Clock* clock, Prober* prober,
                                 Limits limits, Changed changed)
    : timers_(timers),
      clock_(clock),
      prober_(prober),
      limits_(limits),
      changed_(std::move(changed)) {}

void HealthScheduler::Begin(const std::shared_ptr<Container>& container,
                            std::chrono::nanoseconds start_period) {
  auto watch = std::make_shared<Watch>();
  watch->container = container;
  watch->run = container->run();
  watch->start_period_end = timers_->Now() + start_period;
  timers_->Post([this, watch] {
    if (shut_down_) {
      return;
    }
    EndWatch(watch->container->id());
    watches_[watch->container->id()] = watch;
    AwaitNext(watch);
  });
}

void HealthScheduler::End(const std::string& id) {
  timers_->Post([this, id] { EndWatch(id); });
}

void HealthScheduler::Resumed(const std::string& id) {
  timers_->Post([this, id] {
    const WatchPointer watch = Find(id);
    if (watch && watch->probe && !watch->timed_out) {
      timers_->Cancel(watch->timer);
      AwaitTimeout(watch);
    }
  });
}

void HealthScheduler::Shutdown(std::function<void()> done) {
  timers_->Post([this, done = std::move(done)] {
    shut_down_ = done;
    while (!watches_.empty()) {
      EndWatch(std::string(watches_.begin()->first));
    }
    due_.clear();
    if (running_ == 0) {
      shut_down_();
    }
  });
}

HealthScheduler::WatchPointer HealthScheduler::Find(const std::string& id) const {
  const auto found = watches_.find(id);
  return found == watches_.end() ? nullptr : found->second;
}

void HealthScheduler::EndWatch(const std::string& id) {
  const WatchPointer watch = Find(id);
  if (!watch) {
    return;
  }
  watches_.erase(id);
  watch->ended = true;
  timers_->Cancel(watch->timer);
  if (watch->probe) {
    watch->probe->Kill();
    LetOthersStart(watch);
  }
}

void HealthScheduler::Await(const WatchPointer& watch, std::chrono::nanoseconds delay,
                            void (HealthScheduler::*step)(const WatchPointer&)) {
  // Held weakly: a timer that never fires must not keep a container beyond the daemon's other
  // parts.
  watch->timer = timers_->After(delay, [this, weak = std::weak_ptr<Watch>(watch), step] {
    const WatchPointer held = weak.lock();
    if (held && !held->ended) {
      (this->*step)(held);
    }
  });
}

void HealthScheduler::AwaitNext(const WatchPointer& watch) {
  Await(watch, OptionsOf(*watch->container).interval, &HealthScheduler::BecomeDue);
}

std::chrono::nanoseconds HealthScheduler::TimeLimitOf(const Watch& watch) const {
  return watch.let_go ? OptionsOf(*watch.container).timeout : limits_.start_time;
}

void HealthScheduler::AwaitTimeout(const WatchPointer& watch) {
  const std::chrono::nanoseconds limit = TimeLimitOf(*watch);
  Await(watch, watch->timed_out ? std::max(limit, kDyingTime) : limit, &HealthScheduler::TimeOut);
}

void HealthScheduler::BecomeDue(const WatchPointer& watch) {
  due_.push_back(watch);
  StartDue();
}

void HealthScheduler::StartDue() {
  while (!shut_down_ && !due_.empty() && starting_ < limits_.starting &&
         running_ - hanging_ < limits_.running) {
    const WatchPointer watch = std::move(due_.front());
    due_.pop_front();
    if (watch->ended) {
      continue;
    }
    if (watch->container->state().phase == Phase::kRunning) {
      StartProbe(watch);
    } else {
      AwaitNext(watch);  // paused, or its end is about to be reported
    }
  }
}

void HealthScheduler::StartProbe(const WatchPointer& watch) {
  ++starting_;
  ++running_;
  watch->starting = true;
  watch->let_go = false;
  watch->timed_out = false;
  watch->began = clock_->Now();
  watch->in_start_period = timers_->Now() < watch->start_period_end;
  AwaitTimeout(watch);
  watch->probe = prober_->Start(
      watch->container, watch->run,
      {[this, watch] { LetOthersStart(watch); }, [this, watch] { BeginTime(watch); },
       [this, watch](std::optional<ProbeEnd> end) { ProbeEnded(watch, std::move(end)); }});
}

void HealthScheduler::LetOthersStart(const WatchPointer& watch) {
  if (!std::exchange(watch->starting, false)) {
    return;
  }
  --starting_;
  StartDue();
}

// Begins the check's own time. The time it waits for the daemon or the runtime before that does not
// count as the command's.
void HealthScheduler::BeginTime(const WatchPointer& watch) {
  watch->let_go = true;
  if (!watch->ended && !watch->timed_out) {
    timers_->Cancel(watch->timer);
    AwaitTimeout(watch);
  }
}

// A check that cannot be killed, because it waits for a disk, counts as a further failure each
// time.
void HealthScheduler::TimeOut(const WatchPointer& watch) {
  LetOthersStart(watch);  // a runtime that hangs must not hold up the checks of others
  if (IsPaused(*watch->container)) {
    return AwaitTimeout(watch);  // the check is frozen, and could not be killed either
  }
  if (std::exchange(watch->timed_out, true)) {
    watch->in_start_period = timers_->Now() < watch->start_period_end;
  } else {
    ++hanging_;
  }
  AwaitTimeout(watch);
  Take(watch, {kNoHealthExitCode,
               TimeoutText(watch->let_go, TimeLimitOf(*watch), watch->probe->output())});
  watch->probe->Kill();
  StartDue();
}

void HealthScheduler::ProbeEnded(const WatchPointer& watch, std::optional<ProbeEnd> end) {
  watch->probe.reset();
  --running_;
  hanging_ -= watch->timed_out ? 1 : 0;
  LetOthersStart(watch);
  if (!watch->ended) {
    timers_->Cancel(watch->timer);
    if (end && end->exit_code == kKilledExitCode && !watch->timed_out) {
      // Most likely the container has ended, and that is about to be reported.
      watch->held = std::move(end);
      Await(watch, kEndNews, &HealthScheduler::TakeHeld);
    } else {
      if (end && !watch->timed_out) {
        Take(watch, *std::move(end));
      }
      AwaitNext(watch);
    }
  }
  StartDue();
  if (shut_down_ && running_ == 0) {
    shut_down_();
  }
}

void HealthScheduler::TakeHeld(const WatchPointer& watch) {
  Take(watch, *std::exchange(watch->held, std::nullopt));
  AwaitNext(watch);
}

void HealthScheduler::Take(const WatchPointer& watch, ProbeEnd end) {
  HealthOutput output;
  output.Append(end.output);
  HealthResult result{watch->began, clock_->Now(), end.exit_code, output.Text()};
  std::optional<HealthStatus> status;
  watch->container->UpdateHealth([&](Health& health) {
    if (TakeHealthResult(health, OptionsOf(*watch->container), std::move(result),
                         watch->in_start_period)) {
      status = health.status;
    }
  });
  if (status) {
    changed_(watch->container, watch->run, *status);
  }
}

}  // namespace isulad::container
