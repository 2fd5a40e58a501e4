#include "daemon/modules/container/start.h"

#include <utility>

#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/restarter.h"
#include "daemon/modules/container/waits.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

void Fail(Context& context, const std::shared_ptr<Container>& container, const Error& error) {
  const Result<State> state =
      container->Apply(Event::kStartFailed, [&](State& next) { FailStart(next, error); });
  if (state && !container->config().host().auto_remove()) {
    // Only for inspect to show: the caller gets the error.
    IgnoreError(Persist(context, *container, *state));
  }
  container->NotifyExit();
}

// `before`: its state before Event::kStart.
Task<Result<Started>> StartOrFail(Context& context, std::shared_ptr<Container> container,
                                  const FirstClient* client, State before, os::Sync sync) {
  const auto run = std::make_shared<Run>(&context, container);
  Result<Started> started = co_await run->Start(client, sync);
  if (started) {
    log::Info(
        "container started",
        {{"id", container->id()}, {"name", container->name()}, {"pid", container->state().pid}});
    co_return std::move(started);
  }
  Fail(context, container, started.error());
  if (container->config().host().auto_remove()) {
    RemoveAtEnd(context, container);
  } else if (before.phase == Phase::kRestarting) {
    AwaitRestart(context, container,
                 RestartAfterFailedStart(container->restart_policy(), container->state(),
                                         context.modules.clock->Now()));
  }
  co_return std::move(started);
}

}  // namespace

Task<Result<Started>> Start(Context& context, std::shared_ptr<Container> container,
                            const FirstClient* client) {
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  const State before = container->state();
  if (IsUp(before.phase)) {
    CO_RETURN_IF_ERROR(RequireRunning(*container));
    Started reply;
    reply.was_running = true;
    co_return std::move(reply);
  }
  if (context.ending) {
    co_return Unavailable("the daemon is ending");
  }
  Result<State> starting = container->Apply(Event::kStart, [](State& next) {
    next.error.clear();
    next.restart = {};
  });
  if (!starting) {
    co_return std::move(starting).error().AddContext(Named(*container));
  }
  co_return co_await StartOrFail(context, container, client, before, SyncOf(*container));
}

Task<Status> StartByPolicy(Context& context, std::shared_ptr<Container> container, Timestamp due) {
  const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
  const State before = container->state();
  if (!operation || context.ending || before.phase != Phase::kRestarting ||
      before.restart.due.nanoseconds != due.nanoseconds) {
    co_return OkStatus();
  }
  IgnoreError(container->Apply(Event::kStart, [](State& next) { next.error.clear(); }));
  const Result<Started> started =
      co_await StartOrFail(context, container, nullptr, before, os::Sync::kNone);
  if (!started) {
    log::Error("restart failed", {{"id", container->id()}, {"reason", started.error().message()}});
    co_return started.error();
  }
  for (const std::string& warning : started->warnings) {
    log::Warn(warning, {{"id", container->id()}});
  }
  co_return OkStatus();
}

}  // namespace isulad::container
