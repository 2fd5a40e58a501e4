// Carries out restart policies: waits for the time of the next start without a thread, then starts
// the container.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_

#include <memory>
#include <optional>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"

namespace isulad::container {

// Makes an ended container wait for its next start; without `next` the container stays as it is.
// The caller holds the operation slot.
void AwaitRestart(Context& context, const std::shared_ptr<Container>& container,
                  const std::optional<RestartState>& next);

// Likewise, as the container's policy decides, after a run that the caller has recorded and cleaned
// up.
void AwaitRestartAfterRun(Context& context, const std::shared_ptr<Container>& container);

// Starts a restarting container when its time has come, unless something else has happened to it by
// then. Called by AwaitRestart(), and by a daemon that finds such a container when it starts up.
void ScheduleRestart(Context& context, const std::shared_ptr<Container>& container);

// Cancels the pending start because a user does not want it. Returns false if no start is pending.
// The caller holds the operation slot.
bool GiveUpRestart(Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_
