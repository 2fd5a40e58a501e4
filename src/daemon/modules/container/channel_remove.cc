#include "daemon/modules/container/channel_remove.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/container/mount_points.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"

namespace isulad::container {
namespace {

using host_channel::HostChannel;
using Leaving = host_channel::Manager::Leaving;

ContainerConfig Without(ContainerConfig config, const std::string& host_path) {
  const auto is_it = [&](const auto& channel) { return channel.host_path == host_path; };
  std::erase_if(config.channels, is_it);
  std::erase_if(config.channel_names, is_it);
  return config;
}

bool IsKnown(const ContainerConfig& config, const std::string& host_path) {
  return std::any_of(config.channel_names.begin(), config.channel_names.end(),
                     [&](const ChannelName& name) { return name.host_path == host_path; });
}

// Restores the channel, which the container keeps after all.
void PutBack(Context& context, Container& container, const ContainerConfig& before,
             const std::string& host_path) {
  Status back = SaveChannels(context, container, before);
  if (IsUp(container.state().phase)) {
    const auto mounts = MountAndAttach(context, container, before, host_path);
    if (mounts) {
      (*mounts)->Commit();
    } else if (back) {
      back = mounts.error();
    }
  }
  if (!back) {
    log::Error("a channel that could not be removed is not back: the next start will do it",
               {{"id", container.id()}, {"reason", back.error().message()}});
  }
}

// The decisive step: from here on the container does not have the channel.
Status Decide(Context& context, Container& container, const ContainerConfig& before,
              const ContainerConfig& after, const std::string& host_path) {
  if (!IsKnown(before, host_path)) {
    return OkStatus();  // an interrupted removal, which is finished here
  }
  Status saved = SaveChannels(context, container, after);
  if (!saved) {
    PutBack(context, container, before, host_path);
  }
  return saved;
}

// Done last, when the channel's memory has been freed.
void LowerMemoryLimit(Context& context, const Container& container, const ContainerConfig& after,
                      std::vector<std::string>& warnings) {
  if (const Status lowered = ApplyMemoryLimit(context, container, after); !lowered) {
    warnings.push_back("the memory limit stays as it is until the next start: " +
                       lowered.error().message());
  }
}

// Done before the configuration loses the channel: as long as it has the channel, whatever
// operation comes next makes the mount point again, or removes it. `after` keeps a mount point that
// cannot be removed now: it is tried again when the container is removed.
void CleanUpMountPoint(Context& context, const Container& container, const ContainerConfig& before,
                       const std::string& path, ContainerConfig& after) {
  const Status removed = RemoveMountPoint(context, container, before, path, after);
  if (!removed) {
    log::Warn("mount point stays in the rootfs",
              {{"id", container.id()}, {"reason", removed.error().message()}});
  }
}

}  // namespace

Result<ChannelChange> RemoveChannel(Context& context, const std::shared_ptr<Container>& container,
                                    const std::string& host_path) {
  RETURN_IF_ERROR(CheckCanChange(*container));
  Result<Leaving> leaving = context.modules.channels->CheckRemoval(container->id(), host_path);
  if (!leaving) {
    return std::move(leaving).error().AddContext(Named(*container));
  }
  const HostChannel& channel = leaving->channel;
  ChannelChange change{leaving->id, leaving->notices};
  const ContainerConfig before = container->CurrentConfig();
  ContainerConfig after = Without(before, channel.host_path);
  const bool known = IsKnown(before, channel.host_path);
  if (IsUp(container->state().phase)) {
    const Status detached = DetachChannel(context, *container, leaving->id, change.warnings);
    if (!detached) {
      AttachMissing(context, *container);  // what was detached despite the error
      return detached.error();
    }
  }
  if (known) {
    CleanUpMountPoint(context, *container, before, channel.container_path, after);
  }
  RETURN_IF_ERROR(Decide(context, *container, before, after, channel.host_path));

  Result<host_channel::Manager::Removal> removal =
      context.modules.channels->RemoveChannel(container->id(), channel.host_path);
  LowerMemoryLimit(context, *container, after, change.warnings);
  if (known) {
    context.announcer.DetachChannel(*container, channel);
  }
  if (!removal) {
    return std::move(removal).error().AddContext(Named(*container) + " has let go of it");
  }
  context.announcer.Unmount(*container, removal->removed);
  change.warnings.insert(change.warnings.end(), removal->notices.begin(), removal->notices.end());
  log::Info("channel removed", {{"id", container->id()}, {"host_path", channel.host_path}});
  return change;
}

}  // namespace isulad::container
