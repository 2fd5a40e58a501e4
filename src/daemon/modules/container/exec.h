// exec: a further process in a running container, under a monitor of its own.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_EXEC_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_EXEC_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

Task<Result<std::unique_ptr<Session>>> Exec(Context& context, ExecRequest request,
                                            std::shared_ptr<SessionObserver> observer);

// After a restart of the daemon: clears away the directories of execs that have ended, and sees to
// it that those of running ones go when they end.
void RecoverExecs(Context& context, const std::shared_ptr<Container>& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_EXEC_H_
