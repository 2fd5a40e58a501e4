// What the tasks of this module wait for. While one waits no thread does; it goes on on one of
// those that serve requests.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_

#include <chrono>
#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// To be awaited: has a task go on where requests are served.
Wait<Status>::Resume ResumeOf(const Context& context);

// The operation slot of `container`, as by ScopedOperation::Acquire().
Task<Result<ScopedOperation>> AcquireOperation(Context& context,
                                               std::shared_ptr<Container> container);

// The end of a run, as by Container::WaitForEnd().
Task<Container::Waited> AwaitRunEnd(Context& context, std::shared_ptr<Container> container,
                                    Container::RunId run,
                                    std::chrono::steady_clock::time_point deadline);

// Begins a task of the daemon's own, for which nobody waits but the daemon's end.
void Spawn(Context& context, Task<Status> task);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_
