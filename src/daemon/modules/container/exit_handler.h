// What follows the end of a run.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_EXIT_HANDLER_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_EXIT_HANDLER_H_

#include <chrono>
#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"

namespace isulad::container {

// Exit code of a container whose own is not known: its monitor died, or the host went down.
inline constexpr int kUnknownExitCode = 255;

// Records how the run ended, tells those that wait, cleans up after it and removes the container
// (--rm) or has its restart policy see to it. Waits for the operation that has the container.
// Repeating it is harmless.
void HandleExit(Context& context, const std::shared_ptr<Container>& container,
                const shim::Exited& exited);

// The same where the monitor died: its exit record tells what happened, or what is left of the
// container is killed.
void HandleLostMonitor(Context& context, const std::shared_ptr<Container>& container,
                       const Error& reason);

// Where the container has not a pid namespace of its own: kills what its first process has left.
// (Its own, the kernel clears.)
Status KillRest(const Context& context, const Container& container);

// What is left of a run outside the store: the runtime's state, cgroup, bundle. Success where there
// is nothing.
Status CleanUpRun(Context& context, const Container& container);

// The same of a run that came to nothing, whose monitor has ended: kills all of it first, and goes
// on where a part of that fails, which is logged.
void DiscardRun(Context& context, Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_EXIT_HANDLER_H_
