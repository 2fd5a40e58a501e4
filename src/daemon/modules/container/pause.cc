#include "daemon/modules/container/pause.h"

#include <chrono>
#include <utility>

#include "daemon/modules/container/health_checks.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// A process in an uninterruptible wait, for a disk or a network file system, freezes only when the
// wait ends.
constexpr std::chrono::seconds kFreezeTimeout(5);

// Checks that `event` can happen. Called before the kernel is asked, so that nothing is changed
// that the state table refuses.
Status CheckPossible(const Container& container, Event event) {
  Result<Phase> next = Next(container.state(), event);
  if (!next) {
    return std::move(next).error().AddContext(Named(container));
  }
  return OkStatus();
}

// Called by the holder of the operation slot, after the kernel has been changed.
void Record(Context& context, Container& container, Event event) {
  const Result<State> state = container.Apply(event);
  if (!state) {
    return;  // checked before: only the holder of the slot changes the phase
  }
  if (const Status saved = Persist(context, container, *state); !saved) {
    // A restarted daemon finds it out from the freezer.
    log::Error("state not saved", {{"id", container.id()}, {"reason", saved.error().message()}});
  }
  if (event == Event::kUnpause) {
    ResumeChecks(context, container);
  }
  context.announcer.Publish(
      container, event == Event::kPause ? events::EventType::kPause : events::EventType::kUnpause);
  log::Info(event == Event::kPause ? "container paused" : "container unpaused",
            {{"id", container.id()}, {"name", container.name()}});
}

}  // namespace

Status Pause(Context& context, const std::shared_ptr<Container>& container) {
  RETURN_IF_ERROR(CheckPossible(*container, Event::kPause));
  Status frozen =
      context.modules.cgroups->Freeze(context.CgroupPath(container->config()), kFreezeTimeout);
  if (!frozen && frozen.error().code() == Code::kNotFound) {
    // It has ended, which is recorded once this operation is over.
    return FailedPrecondition(Named(*container) + " is not running");
  }
  if (!frozen) {
    return std::move(frozen).error().AddContext("pause container " + Quote(container->name()));
  }
  Record(context, *container, Event::kPause);
  return OkStatus();
}

Status Unpause(Context& context, const std::shared_ptr<Container>& container) {
  RETURN_IF_ERROR(CheckPossible(*container, Event::kUnpause));
  RETURN_IF_ERROR(context.modules.cgroups->Thaw(context.CgroupPath(container->config())));
  Record(context, *container, Event::kUnpause);
  return OkStatus();
}

Status ThawHeld(Context& context, Container& container) {
  const Status thawed = context.modules.cgroups->Thaw(context.CgroupPath(container.config()));
  if (container.state().phase != Phase::kPaused) {
    return OkStatus();  // without a freezer, nobody can have frozen it
  }
  RETURN_IF_ERROR(thawed);
  Record(context, container, Event::kUnpause);
  return OkStatus();
}

void RecoverPause(Context& context, Container& container) {
  const std::string cgroup = context.CgroupPath(container.config());
  const Result<cgroup::FreezerState> freezer = context.modules.cgroups->Freezer(cgroup);
  if (!freezer) {
    return;  // it has ended, which will be reported, or there is no freezer
  }
  if (*freezer == cgroup::FreezerState::kFreezing) {
    IgnoreError(context.modules.cgroups->Thaw(cgroup));  // at worst it is gone meanwhile
  }
  const bool paused = container.state().phase == Phase::kPaused;
  const bool frozen = *freezer == cgroup::FreezerState::kFrozen;
  if (paused != frozen) {
    Record(context, container, frozen ? Event::kPause : Event::kUnpause);
  }
}

}  // namespace isulad::container
