#include "daemon/modules/container/restarter.h"

#include <algorithm>
#include <chrono>

#include "daemon/modules/container/start.h"
#include "daemon/modules/container/waits.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using std::chrono::milliseconds;

milliseconds TimeUntil(Timestamp due, Timestamp now) {
  const std::chrono::nanoseconds left(due.nanoseconds - now.nanoseconds);
  // The host's clock may have been set meanwhile.
  return std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0), kLongestRestartDelay);
}

}  // namespace

void AwaitRestart(Context& context, const std::shared_ptr<Container>& container,
                  const std::optional<RestartState>& next) {
  if (!next) {
    return;
  }
  const Result<State> state =
      container->Apply(Event::kAwaitRestart, [&](State& waiting) { waiting.restart = *next; });
  if (!state) {
    return;  // it has not ended
  }
  if (const Status saved = Persist(context, *container, *state); !saved) {
    // This daemon restarts the container all the same.
    log::Error("state not saved", {{"id", container->id()}, {"reason", saved.error().message()}});
  }
  log::Info("container waits for its restart",
            {{"id", container->id()},
             {"name", container->name()},
             {"restart", next->count},
             {"in_ms", TimeUntil(next->due, context.modules.clock->Now()).count()}});
  ScheduleRestart(context, container);
}

void AwaitRestartAfterRun(Context& context, const std::shared_ptr<Container>& container) {
  AwaitRestart(context, container,
               RestartAfterRun(container->restart_policy(), container->state(),
                               context.modules.clock->Now()));
}

void ScheduleRestart(Context& context, const std::shared_ptr<Container>& container) {
  const Timestamp due = container->state().restart.due;
  const milliseconds delay = TimeUntil(due, context.modules.clock->Now());
  // Held weakly: a timer that never fires must not keep a container beyond the daemon's other
  // parts.
  auto start = [&context, weak = std::weak_ptr<Container>(container), due] {
    if (const auto held = weak.lock()) {
      Spawn(context, StartByPolicy(context, held, due));
    }
  };
  os::EventLoop* const loop = context.modules.loop;
  loop->Post([loop, delay, workers = context.modules.requests, start] {
    loop->After(delay, [workers, start] { workers->Post(start); });
  });
}

bool GiveUpRestart(Context& context, Container& container) {
  const Result<State> state = container.Apply(Event::kGiveUp, [&](State& next) {
    next.restart.stopped_by_user = true;
    // The container was not ended by a reboot: only the next reboot may start it again.
    next.boot_id = context.settings.boot_id;
  });
  if (!state) {
    return false;
  }
  if (const Status saved = Persist(context, container, *state, SyncOf(container)); !saved) {
    log::Error("state not saved", {{"id", container.id()}, {"reason", saved.error().message()}});
  }
  container.NotifyExit();
  return true;
}

}  // namespace isulad::container
