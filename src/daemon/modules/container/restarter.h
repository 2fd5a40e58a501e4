// Carries out restart policies: waits for the time of the next start without a thread, then starts.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_

#include <memory>
#include <optional>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"

namespace isulad::container {

// Has an ended container, whose operation slot the caller holds, wait for its next start; with
// nothing it stays as it is.
void AwaitRestart(Context& context, const std::shared_ptr<Container>& container,
                  const std::optional<RestartState>& next);

// After a run that the caller has recorded and cleaned up.
void AwaitRestartAfterRun(Context& context, const std::shared_ptr<Container>& container);

// Starts a restarting container when its time has come, unless something else has happened to it by
// then. For AwaitRestart, and for a daemon that finds one.
void ScheduleRestart(Context& context, const std::shared_ptr<Container>& container);

// A user does not want the start to come. False where there is none to come. The caller holds the
// operation slot.
bool GiveUpRestart(Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RESTARTER_H_
