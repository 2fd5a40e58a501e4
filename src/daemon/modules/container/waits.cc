#include "daemon/modules/container/waits.h"

#include <optional>
#include <utility>

#include "utils/os/timer.h"

namespace isulad::container {
namespace {

using Operation = Result<ScopedOperation>;

}  // namespace

Wait<Status>::Resume ResumeOf(const Context& context) {
  return [workers = context.modules.requests](std::coroutine_handle<> task) {
    workers->Post([task] { task.resume(); });
  };
}

Task<Result<ScopedOperation>> AcquireOperation(Context& context,
                                               std::shared_ptr<Container> container) {
  Wait<Operation> wait(ResumeOf(context), [container](Wait<Operation>::Done done) {
    return ScopedOperation::Request(container, ScopedOperation::Turn::kLast, std::move(done));
  });
  co_return co_await wait;
}

Task<Container::Waited> AwaitRunEnd(Context& context, std::shared_ptr<Container> container,
                                    Container::RunId run,
                                    std::chrono::steady_clock::time_point deadline) {
  const Container::WaitId id = container->NewWaitId();
  const os::Timer timer(context.modules.loop, deadline,
                        [container, id] { container->ExpireWait(id); });
  Wait<Container::Waited> wait(ResumeOf(context),
                               [container, id, run, deadline](Wait<Container::Waited>::Done done) {
                                 return container->OnRunEnd(id, run, deadline, std::move(done));
                               });
  co_return co_await wait;
}

void Spawn(Context& context, Task<Status> task) {
  context.spawned.Begin();
  Begin(std::move(task),
        std::function<void(Status)>([&context](const Status&) { context.spawned.End(); }));
}

}  // namespace isulad::container
