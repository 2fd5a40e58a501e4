#include "daemon/modules/container/restart.h"

#include <utility>

#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stop.h"
#include "daemon/modules/container/waits.h"

namespace isulad::container {
namespace {

// No operation slot is held between the stop and the start, because recording the end of the run
// needs it.
Task<Result<Started>> StopAndStart(Context& context, std::shared_ptr<Container> container,
                                   int timeout_seconds) {
  const ScopedRestart restart(container);
  CO_RETURN_IF_ERROR(co_await Stop(context, container, timeout_seconds, /*force=*/false));
  co_return co_await Start(context, container, nullptr);
}

// Carries out the removal that was postponed for a start that has failed.
Task<Status> RemoveIfEnded(Context& context, std::shared_ptr<Container> container) {
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  if (container->state().phase == Phase::kExited && !container->restart_is_due()) {
    RemoveAtEnd(context, container);
  }
  co_return OkStatus();
}

}  // namespace

Task<Result<std::vector<std::string>>> Restart(Context& context,
                                               std::shared_ptr<Container> container,
                                               int timeout_seconds) {
  Result<Started> started = co_await StopAndStart(context, container, timeout_seconds);
  if (!started) {
    if (container->config().host().auto_remove()) {
      IgnoreError(co_await RemoveIfEnded(context, container));  // it is gone already
    }
    co_return std::move(started).error();
  }
  context.announcer.Publish(*container, events::EventType::kRestart);
  co_return std::move(started->warnings);
}

}  // namespace isulad::container
