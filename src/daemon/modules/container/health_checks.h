// Health checks in the engine: how the verbs, recovery and the daemon's shutdown drive them.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/health_probe.h"
#include "daemon/modules/container/health_scheduler.h"

namespace isulad::container {

class Context;

// The scheduler with its dependencies: the daemon's loop and workers, and a way to run checks.
// Announces a new status as an event, and kills a container that becomes unhealthy if the
// container's options ask for that.
class HealthChecks {
 public:
  // `context` must outlive this object, which may be destroyed only when the loop no longer runs.
  explicit HealthChecks(Context* context);
  HealthScheduler& scheduler() { return scheduler_; }
  // Ends the checks in progress, and waits for that, but not for long. The loop must be running on
  // another thread.
  void Shutdown();

 private:
  const std::unique_ptr<HealthTimers> timers_;
  const std::unique_ptr<Prober> prober_;
  HealthScheduler scheduler_;
};

// Each of these does nothing for a container without checks. The first three are for the holder of
// the operation slot, or for recovery. ExpectChecks(): a run is about to begin. BeginChecks(): a
// run has begun, or was found. EndChecks(): a run has ended, or has been told to end, so that its
// answers say nothing about its health any more.
void ExpectChecks(const Context& context, Container& container);
void BeginChecks(Context& context, const std::shared_ptr<Container>& container);
void EndChecks(Context& context, const Container& container);
// The container is no longer paused.
void ResumeChecks(Context& context, const Container& container);
// Ends the checks that the last daemon left behind in a container that is still up, and begins new
// ones.
void RecoverChecks(Context& context, const std::shared_ptr<Container>& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_
