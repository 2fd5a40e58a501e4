// What the tasks of this module wait for. While one waits no thread does; it goes on on one of
// those that serve requests.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>

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

// Runs `work` on the container that `reference` names, whose operation slot is its own meanwhile.
template <typename Outcome>
Task<Outcome> RunHeld(Context& context, std::string reference,
                      std::function<Outcome(const std::shared_ptr<Container>& container)> work) {
  CO_ASSIGN_OR_RETURN(const auto container, context.registry.Find(reference));
  CO_ASSIGN_OR_RETURN(const ScopedOperation operation,
                      co_await AcquireOperation(context, container));
  co_return work(container);
}

// Begins a task of the daemon's own, for which nobody waits but the daemon's end.
void Spawn(Context& context, Task<Status> task);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_WAITS_H_
