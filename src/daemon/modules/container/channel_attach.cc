#include "daemon/modules/container/channel_attach.h"

#include <memory>
#include <utility>

#include "daemon/modules/container/mount_points.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

host_channel::ProcessId ProcessOf(const Container& container) {
  const State state = container.state();
  return {state.pid, state.start_time};
}

std::string DetachedNotice(const Container& container, const LiveMounts::Detached& detached) {
  std::string notice =
      Join(detached.paths, ", ") + " in " + Named(container) + " was busy and has been detached";
  if (!detached.holders.empty()) {
    notice.append("; in use by ").append(Join(detached.holders, ", "));
  }
  return notice;
}

// Puts `entry` into the container, which is up. `config` has the channel. Nothing is left on error.
Status AttachChannel(Context& context, const Container& container, const ContainerConfig& config,
                     const host_channel::MountEntry& entry) {
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  const bool in_rootfs = IsMountPointInRootfs(config, entry.destination);
  const MountPointPlace place{in_rootfs ? rootfs.get() : -1, context.settings.mark,
                              config.user_remap};
  const NamedLock turn(context.rootfs_turns, config.rootfs());
  Status attached = context.modules.live_mounts->Attach(ProcessOf(container), entry, place);
  if (!attached && attached.error().code() == Code::kUnavailable) {
    return FailedPrecondition(Named(container) + " has just ended");
  }
  return attached;
}

Status AttachIfMissing(Context& context, const Container& container,
                       const host_channel::ChannelState& state) {
  ASSIGN_OR_RETURN(const bool there,
                   context.modules.live_mounts->Has(ProcessOf(container), state.id));
  if (there) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const auto mounts, MountAndAttach(context, container, container.CurrentConfig(),
                                                     state.channel.host_path));
  mounts->Commit();
  context.announcer.Mount(container, state.channel);
  log::Warn("channel attached, which a change that was cut short had left out",
            {{"id", container.id()}, {"host_path", state.channel.host_path}});
  return OkStatus();
}

}  // namespace

Status CheckCanChange(const Container& container) {
  const Phase phase = container.state().phase;
  if (phase == Phase::kStarting || phase == Phase::kRemoving) {
    return FailedPrecondition(Named(container) + " is being " +
                              (phase == Phase::kStarting ? "started" : "removed"));
  }
  return OkStatus();
}

Status DetachChannel(Context& context, const Container& container, const std::string& channel_id,
                     std::vector<std::string>& notices) {
  const Result<LiveMounts::Detached> detached =
      context.modules.live_mounts->Detach(ProcessOf(container), channel_id);
  if (!detached) {
    const bool ended = detached.error().code() == Code::kUnavailable;
    return ended ? OkStatus() : Status(detached.error());
  }
  if (detached->busy) {
    notices.push_back(DetachedNotice(container, *detached));
  }
  return OkStatus();
}

Result<std::unique_ptr<host_channel::Manager::Mounts>> MountAndAttach(
    Context& context, const Container& container, const ContainerConfig& config,
    const std::string& host_path) {
  ASSIGN_OR_RETURN(auto mounts, context.modules.channels->MountChannel(container.id(), host_path,
                                                                       config.user_remap));
  RETURN_IF_ERROR(AttachChannel(context, container, config, mounts->entries().front()));
  return mounts;
}

void AttachMissing(Context& context, const Container& container) {
  const Result<std::vector<host_channel::ChannelState>> states =
      context.modules.channels->Describe(container.id());
  if (!states || !IsUp(container.state().phase)) {
    return;
  }
  for (const host_channel::ChannelState& state : *states) {
    if (const Status attached = AttachIfMissing(context, container, state); !attached) {
      log::Error("channel not attached: the next start will do it",
                 {{"id", container.id()},
                  {"host_path", state.channel.host_path},
                  {"reason", attached.error().message()}});
    }
  }
}

}  // namespace isulad::container
