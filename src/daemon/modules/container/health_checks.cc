#include "daemon/modules/container/health_checks.h"

#include <algorithm>
#include <deque>
#include <future>
#include <utility>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/stop.h"
#include "utils/base/mutex.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// How long killed checks may take to end when the daemon shuts down.
constexpr std::chrono::seconds kShutdownTime(2);

class LoopTimers final : public HealthTimers {
 public:
  explicit LoopTimers(os::EventLoop* loop) : loop_(loop) {}
  void Post(Task task) override { loop_->Post(std::move(task)); }
  std::chrono::steady_clock::time_point Now() const override {
    return std::chrono::steady_clock::now();
  }
  TimerId After(std::chrono::nanoseconds delay, Task task) override {
    return loop_->After(std::chrono::ceil<std::chrono::milliseconds>(delay), std::move(task));
  }
  void Cancel(TimerId id) override { loop_->Cancel(id); }

 private:
  os::EventLoop* const loop_;
};

struct News {
  std::shared_ptr<Container> container;
  Container::RunId run;
  HealthStatus status;
};

// Called on a worker.
void TellNews(Context& context, const News& news) {
  const Container& container = *news.container;
  if (container.run() != news.run || !IsUp(container.state().phase)) {
    return;  // the run has ended, and that is announced instead
  }
  const bool healthy = news.status == HealthStatus::kHealthy;
  context.announcer.Publish(
      container, healthy ? events::EventType::kHealthHealthy : events::EventType::kHealthUnhealthy);
  log::Info("container's health changed", {{"id", container.id()},
                                           {"name", container.name()},
                                           {"health", HealthStatusName(news.status)}});
}

void KillFor(Context& context, const News& news) {
  if (const Status killed = KillUnhealthy(context, news.container, news.run); !killed) {
    log::Error("unhealthy container not killed",
               {{"id", news.container->id()}, {"reason", killed.error().message()}});
  }
}

// Announces changes on a worker, one after the other and in order.
class Teller : public std::enable_shared_from_this<Teller> {
 public:
  explicit Teller(Context* context) : context_(*context) {}

  void Add(News news) EXCLUDES(mutex_) {
    {
      MutexLock lock(mutex_);
      queue_.push_back(std::move(news));
      if (std::exchange(at_work_, true)) {
        return;
      }
    }
    context_.modules.workers->Post([self = shared_from_this()] { self->TellAll(); });
  }

 private:
  void TellAll() EXCLUDES(mutex_) {
    while (std::optional<News> news = Next()) {
      TellNews(context_, *news);
      if (news->status == HealthStatus::kUnhealthy &&
          news->container->config().health.exit_on_unhealthy) {
        // On another worker, because it waits for an operation that the container may be in.
        context_.modules.workers->Post(
            [&context = context_, news = *news] { KillFor(context, news); });
      }
    }
  }

  std::optional<News> Next() EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    if (queue_.empty()) {
      at_work_ = false;
      return std::nullopt;
    }
    News news = std::move(queue_.front());
    queue_.pop_front();
    return news;
  }

  Context& context_;
  Mutex mutex_;
  std::deque<News> queue_ GUARDED_BY(mutex_);
  bool at_work_ GUARDED_BY(mutex_) = false;
};

HealthScheduler::Changed TellBy(std::shared_ptr<Teller> teller) {
  return [teller = std::move(teller)](const std::shared_ptr<Container>& container,
                                      Container::RunId run, HealthStatus status) {
    teller->Add({container, run, status});
  };
}

HealthScheduler::Limits LimitsFor(const Context& context) {
  HealthScheduler::Limits limits;
  limits.starting = std::max(limits.starting, context.settings.processors);
  return limits;
}

bool AreAsked(const Context& context, const Container& container) {
  return context.health != nullptr && !container.config().health.command.empty();
}

// What is left of the start period of a run: all of it if the run has just begun.
std::chrono::nanoseconds LeftOfStartPeriod(const Context& context, const Container& container) {
  const std::chrono::nanoseconds whole = container.config().health.start_period;
  const std::chrono::nanoseconds age(context.modules.clock->Now().nanoseconds -
                                     container.state().started_at.nanoseconds);
  // The host's clock may have been set meanwhile.
  return std::clamp(whole - age, std::chrono::nanoseconds(0), whole);
}

}  // namespace

HealthChecks::HealthChecks(Context* context)
    : timers_(std::make_unique<LoopTimers>(context->modules.loop)),
      prober_(CreateExecProber(context)),
      scheduler_(timers_.get(), context->modules.clock, prober_.get(), LimitsFor(*context),
                 TellBy(std::make_shared<Teller>(context))) {}

void HealthChecks::Shutdown() {
  const auto done = std::make_shared<std::promise<void>>();
  const std::future<void> future = done->get_future();
  scheduler_.Shutdown([done] { done->set_value(); });
  if (future.wait_for(kShutdownTime) != std::future_status::ready) {
    log::Warn("health checks are left for the next daemon to end");
  }
}

void ExpectChecks(const Context& context, Container& container) {
  if (AreAsked(context, container)) {
    container.UpdateHealth(BeginHealth);
  }
}

void BeginChecks(Context& context, const std::shared_ptr<Container>& container) {
  if (AreAsked(context, *container)) {
    container->UpdateHealth(BeginHealth);
    context.health->scheduler().Begin(container, LeftOfStartPeriod(context, *container));
  }
}

void EndChecks(Context& context, const Container& container) {
  if (AreAsked(context, container)) {
    context.health->scheduler().End(container.id());
  }
}

void ResumeChecks(Context& context, const Container& container) {
  if (AreAsked(context, container)) {
    context.health->scheduler().Resumed(container.id());
  }
}

void RecoverChecks(Context& context, const std::shared_ptr<Container>& container) {
  if (!AreAsked(context, *container)) {
    return;
  }
  if (container->state().phase != Phase::kRunning) {
    // In a paused container the old checks are frozen, and are killed before its next check. For a
    // container whose start is not known yet, checks begin once it is.
    if (IsUp(container->state().phase)) {
      BeginChecks(context, container);
    }
    return;
  }
  container->UpdateHealth(BeginHealth);
  context.modules.workers->Post([&context, container, run = container->run()] {
    const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
    if (operation && container->run() == run && IsUp(container->state().phase)) {
      KillChecks(context, *container);  // before there are new ones
      BeginChecks(context, container);
    }
  });
}

}  // namespace isulad::container
