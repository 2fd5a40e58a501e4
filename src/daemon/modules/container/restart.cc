#include "daemon/modules/container/restart.h"

#include <utility>

#include "daemon/modules/container/remove.h"
#include "daemon/modules/container/start.h"
#include "daemon/modules/container/stop.h"

namespace isulad::container {
namespace {

// No operation slot is held between the two: what follows the end of the run needs it.
Result<Started> StopAndStart(Context& context, const std::shared_ptr<Container>& container,
                             int timeout_seconds) {
  const ScopedRestart restart(container);
  RETURN_IF_ERROR(Stop(context, container, timeout_seconds, /*force=*/false));
  return Start(context, container, nullptr);
}

// The removal that was put off for a start that has not come about.
void RemoveIfEnded(Context& context, const std::shared_ptr<Container>& container) {
  const Result<ScopedOperation> operation = ScopedOperation::Acquire(container);
  if (operation && container->state().phase == Phase::kExited && !container->restart_is_due()) {
    RemoveAtEnd(context, container);
  }
}

}  // namespace

Result<std::vector<std::string>> Restart(Context& context,
                                         const std::shared_ptr<Container>& container,
                                         int timeout_seconds) {
  Result<Started> started = StopAndStart(context, container, timeout_seconds);
  if (!started) {
    if (container->config().host().auto_remove()) {
      RemoveIfEnded(context, container);
    }
    return std::move(started).error();
  }
  context.announcer.Publish(*container, events::EventType::kRestart);
  return std::move(started->warnings);
}

}  // namespace isulad::container
