// pause and unpause: freeze every process of a container, and let the processes continue.
//
// The kernel is authoritative: it is changed first and the change recorded afterwards, and a
// restarted daemon looks at the freezer, not at the record.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// The first three are for the holder of the operation slot.

// Returns when all processes are frozen. kFailedPrecondition if the container does not run or is
// already paused; kDeadlineExceeded if the processes cannot be frozen: they then continue to run.
Status Pause(Context& context, const std::shared_ptr<Container>& container);

// kFailedPrecondition if the container is not paused.
Status Unpause(Context& context, const std::shared_ptr<Container>& container);

// Thaws a container that is to be ended by a signal sent to it, because a frozen process does not
// take signals; also if somebody else has frozen it. Succeeds if nothing is frozen.
Status ThawHeld(Context& context, Container& container);

// Records what the kernel says about a container that was adopted. A freeze that was in progress
// when the last daemon died is undone, because it was never reported to anyone.
void RecoverPause(Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_
