#include "daemon/modules/container/remove.h"

#include <utility>

#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/container/run_cleanup.h"
#include "daemon/modules/container/stop.h"
#include "daemon/modules/container/waits.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

// A kill and the start that another client sneaks in between can alternate only so often by
// accident.
constexpr int kForceAttempts = 5;

Result<host_channel::Manager::Removal> TakeAway(Context& context, const Container& container,
                                                bool force) {
  RETURN_IF_ERROR(context.copies.End(container.id(), Copies::Which::kAll,
                                     Named(container) + " is being removed"));
  // What a crash, or a failed clean-up at the end of the run, has left.
  RETURN_IF_ERROR(CleanUpRun(context, container));
  ASSIGN_OR_RETURN(host_channel::Manager::Removal removal,
                   context.modules.channels->Remove(container.id(), force));
  if (const Status cleaned = RemoveMountPoints(context, container); !cleaned) {
    // The rootfs may be gone, or read-only by now: empty directories in it are no reason to keep
    // the container.
    log::Warn("mount points stay in the rootfs",
              {{"id", container.id()}, {"reason", cleaned.error().message()}});
  }
  // One with --rm that a power cut brings back has ended, and goes when the next daemon looks.
  const os::Sync sync =
      container.config().host().auto_remove() ? os::Sync::kNone : os::Sync::kDurable;
  RETURN_IF_ERROR(context.modules.store->Retire(container.id(), sync));
  return removal;
}

Result<std::vector<std::string>> RemoveHeld(Context& context,
                                            const std::shared_ptr<Container>& container,
                                            bool force) {
  Result<State> removing = container->Apply(Event::kRemove);
  if (!removing) {
    return std::move(removing).error().AddContext(Named(*container));
  }
  if (!container->config().host().auto_remove()) {
    // So that a daemon that starts after a crash goes on; one with --rm is removed in any case.
    IgnoreError(Persist(context, *container, *removing));  // a full disk must not prevent a removal
  }
  Result<host_channel::Manager::Removal> removal = TakeAway(context, *container, force);
  if (!removal) {
    if (const Result<State> back = container->Apply(Event::kRemoveFailed); back) {
      IgnoreError(Persist(context, *container, *back));
    }
    return std::move(removal).error();
  }
  context.registry.Erase(*container);
  // Told before what is left of it goes: a daemon that finds that tells what this one had no time
  // to tell.
  context.announcer.Removal(*container, removal->removed);
  if (const Status cleared = context.modules.store->Clear(container->id()); !cleared) {
    log::Warn("a removed container's directory stays until the next start",
              {{"id", container->id()}, {"reason", cleared.error().message()}});
  }
  container->NotifyRemoval(true, removal->notices);
  log::Info("container removed", {{"id", container->id()}, {"name", container->name()}});
  for (const std::string& notice : removal->notices) {
    log::Warn(notice, {{"id", container->id()}});
  }
  return std::move(removal->notices);
}

}  // namespace

Task<Result<std::vector<std::string>>> Remove(Context& context,
                                              std::shared_ptr<Container> container, bool force) {
  for (int attempt = 0; attempt < kForceAttempts; ++attempt) {
    if (force) {
      const Status killed = co_await KillAndWait(context, container);
      if (!killed && killed.error().code() != Code::kNotFound) {
        co_return killed.error();
      }
    }
    const Result<ScopedOperation> operation = co_await AcquireOperation(context, container);
    if (!operation && force && operation.error().code() == Code::kNotFound) {
      co_return std::vector<std::string>();  // its end has taken it away, as --rm asked: what was
                                             // wanted
    }
    if (!operation) {
      co_return operation.error();
    }
    if (force && IsActive(container->state().phase)) {
      continue;  // started again meanwhile
    }
    co_return RemoveHeld(context, container, force);
  }
  co_return FailedPrecondition(Named(*container) + " is started again each time that it is killed");
}

void RemoveAtEnd(Context& context, const std::shared_ptr<Container>& container) {
  const Result<std::vector<std::string>> notices = RemoveHeld(context, container, false);
  if (notices) {
    return;
  }
  const std::string reason = Named(*container) + " was not removed: " + notices.error().message();
  log::Error(reason, {{"id", container->id()}});
  container->NotifyRemoval(false, {reason});
}

}  // namespace isulad::container
