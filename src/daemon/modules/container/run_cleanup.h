// What a run leaves outside the store: processes, the runtime's state, a cgroup, a bundle.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RUN_CLEANUP_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RUN_CLEANUP_H_

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// If the container shares the pid namespace of others: kills what its first process has left
// behind. (In a pid namespace of its own the kernel does that.)
Status KillRemaining(const Context& context, const Container& container);

// Removes everything that a run has left. Stops at the first error; succeeds if nothing is left.
Status CleanUpRun(const Context& context, const Container& container);

// The same for a run that came to nothing and whose monitor has exited. Kills all of it first, and
// goes on if a part fails, which is logged.
void DiscardRun(Context& context, Container& container);

// Owns the processes of a start, from before its monitor is launched: destroyed, it kills what is
// in the container's cgroup and removes the runtime's state, the cgroup and the connection to the
// monitor, unless Release() was called.
class ScopedProcesses {
 public:
  // Both outlive it.
  ScopedProcesses(const Context* context, Container* container)
      : context_(context), container_(container) {}
  ~ScopedProcesses();
  ScopedProcesses(const ScopedProcesses&) = delete;
  ScopedProcesses& operator=(const ScopedProcesses&) = delete;

  void Release() { container_ = nullptr; }

 private:
  const Context* context_;
  Container* container_;
};

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RUN_CLEANUP_H_
