// pause and unpause: stopping every process of a container where it stands, and letting them go on.
//
// The kernel is the truth: it is changed first and recorded then, and a daemon that starts anew
// looks at the freezer and not at the record.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// All three are for the holder of the operation slot.

// Returns when all stand still. kFailedPrecondition where the container does not run or is paused;
// kDeadlineExceeded where they cannot be frozen: then they run.
Status Pause(Context& context, const std::shared_ptr<Container>& container);

// kFailedPrecondition where the container is not paused.
Status Unpause(Context& context, const std::shared_ptr<Container>& container);

// Lets a container go on that is to end of a signal which was sent to it: a frozen process takes
// none. Also where somebody else has frozen it. Success where there is nothing to let go on.
Status ThawHeld(Context& context, Container& container);

// Takes over what the kernel says of a container that was adopted. A freeze that was under way when
// the last daemon died is taken back: nobody was told of it.
void RecoverPause(Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_PAUSE_H_
