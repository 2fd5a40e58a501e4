// Health checks in the engine: what the verbs, recovery and the daemon's end tell them.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_

#include <memory>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/health_probe.h"
#include "daemon/modules/container/health_scheduler.h"

namespace isulad::container {

class Context;

// The scheduler with what it needs: the daemon's loop and workers, and a way to run checks. Tells a
// new status as an event, and kills a container that becomes unhealthy and asked for that.
class HealthChecks {
 public:
  // `context` outlives it. It is destroyed when the loop no longer runs.
  explicit HealthChecks(Context* context);
  HealthScheduler& scheduler() { return scheduler_; }
  // Ends the checks that are under way, and waits for that, but not for long. The loop runs
  // meanwhile, on another thread.
  void Shutdown();

 private:
  const std::unique_ptr<HealthTimers> timers_;
  const std::unique_ptr<Prober> prober_;
  HealthScheduler scheduler_;
};

// Each does nothing for a container without checks. The first three are for the holder of the
// operation slot, or recovery: a run is about to begin; has begun, or was found; has ended, or has
// been told to: what it answers then says nothing of its health.
void ExpectChecks(const Context& context, Container& container);
void BeginChecks(Context& context, const std::shared_ptr<Container>& container);
void EndChecks(Context& context, const Container& container);
// It is no longer paused.
void ResumeChecks(Context& context, const Container& container);
// Ends what the last daemon has left of checks of a container that goes on.
void RecoverChecks(Context& context, const std::shared_ptr<Container>& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_HEALTH_CHECKS_H_
