#include "daemon/modules/container/mount_points.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/rootfs/mount_points.h"
#include "utils/base/clean_path.h"
#include "utils/os/file_owner.h"
#include "utils/os/safe_open.h"

namespace isulad::container {
namespace {

std::vector<rootfs::Target> TargetsOf(const std::vector<spec::MountPoint>& points) {
  std::vector<rootfs::Target> targets;
  targets.reserve(points.size());
  for (const spec::MountPoint& point : points) {
    targets.push_back({point.target, point.is_file});
  }
  return targets;
}

bool Contains(const std::vector<std::string>& paths, const std::string& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

// A daemon of a later version may mount more than the one that created the container.
Status RecordMountPoints(Context& context, Container& container,
                         const std::vector<spec::MountPoint>& points) {
  const size_t recorded = container.mount_points().size();
  ContainerConfig config = container.CurrentConfig();
  for (const spec::MountPoint& point : points) {
    if (!Contains(config.mount_points, point.target)) {
      config.mount_points.push_back(point.target);
    }
  }
  if (config.mount_points.size() == recorded) {
    return OkStatus();
  }
  container.SetChannels(config);
  return SaveConfig(context, config);
}

using Paths = std::vector<std::string>;

// Takes from `targets` what overlaps with a path in `needed`: removing a directory detaches what is
// mounted on it in every mount namespace, and the parents of a target are removed with it.
void LeaveOut(const Paths& needed, Paths& targets) {
  std::erase_if(targets, [&needed](const std::string& target) {
    return std::any_of(needed.begin(), needed.end(),
                       [&target](const std::string& other) { return PathsOverlap(target, other); });
  });
}

// Takes from `targets` what other containers need that share the rootfs.
void LeaveOutOthers(const Context& context, const Container& container, Paths& targets) {
  for (const auto& other : context.registry.All()) {
    // Two removals at once must not leave a mount point to one another. In an overlay a container
    // mounts on its own copies.
    if (other->id() != container.id() && other->config().rootfs() == container.config().rootfs() &&
        !other->config().host().rootfs_overlay() && other->state().phase != Phase::kRemoving) {
      LeaveOut(other->mount_points(), targets);
    }
  }
}

// Removes `targets`, except what other containers need.
Status RemoveUnneeded(Context& context, const Container& container, Paths targets) {
  const ContainerConfig& config = container.config();
  const NamedLock turn(context.rootfs_turns, config.rootfs());
  LeaveOutOthers(context, container, targets);
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  return rootfs::RemoveMountPoints(rootfs.get(), targets, context.settings.mark);
}

bool IsBeneathVolume(const ContainerConfig& config, const std::string& path) {
  const std::vector<spec::BindMount> binds = BindsOf(config);
  return std::any_of(binds.begin(), binds.end(), [&](const spec::BindMount& bind) {
    return IsSameOrBeneath(path, bind.target);
  });
}

}  // namespace

// The path was canonical when the container was created: a link in it has come later and is not
// followed.
Result<os::UniqueFd> OpenRootfs(const ContainerConfig& config) {
  Result<os::UniqueFd> rootfs = os::OpenNoSymlinks(AT_FDCWD, config.rootfs(), O_PATH | O_DIRECTORY);
  if (!rootfs) {
    return std::move(rootfs).error().AddContext("rootfs of the container");
  }
  return rootfs;
}

spec::Input MountsOf(const ContainerConfig& config) {
  spec::Input input;
  input.system_container = config.host().system_container();
  input.security = config.security;
  input.process = config.process();
  input.user_remap = config.user_remap;
  input.binds = BindsOf(config);
  input.tmpfs = spec::TmpfsOf(config.files);
  for (const auto& [name, target] : GeneratedNames(config)) {
    input.generated_files.push_back({"", target});
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    input.channels.push_back(host_channel::MakeMountEntry(channel, ""));
  }
  return input;
}

Result<std::vector<std::string>> MountPointsFor(const ContainerConfig& config) {
  ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points,
                   spec::MountPointsOf(MountsOf(config)));
  Paths paths;
  for (const spec::MountPoint& point : points) {
    paths.push_back(point.target);
  }
  return paths;
}

Status MakeMountPoints(Context& context, Container& container, int rootfs,
                       const std::vector<spec::MountPoint>& points) {
  const ContainerConfig& config = container.config();
  RETURN_IF_ERROR(RecordMountPoints(context, container, points));
  if (config.host().rootfs_overlay()) {
    const os::ScopedFileOwner owner(config.user_remap);
    return rootfs::MakeMountPoints(rootfs, TargetsOf(points), context.settings.mark);
  }
  const NamedLock turn(context.rootfs_turns, config.rootfs());
  return rootfs::MakeMountPoints(rootfs, TargetsOf(points), context.settings.mark);
}

Status RemoveMountPoints(Context& context, const Container& container) {
  if (container.config().host().rootfs_overlay()) {
    return OkStatus();  // they are removed with its layers
  }
  return RemoveUnneeded(context, container, container.mount_points());
}

bool IsMountPointInRootfs(const ContainerConfig& config, const std::string& path) {
  // With an overlay it is in a layer that only the container sees whole.
  return !config.host().rootfs_overlay() && Contains(config.mount_points, path);
}

Status RemoveMountPoint(Context& context, const Container& container, const ContainerConfig& before,
                        const std::string& path, ContainerConfig& after) {
  ASSIGN_OR_RETURN(const Paths needed, MountPointsFor(after));
  if (IsMountPointInRootfs(before, path)) {
    Paths targets = {path};
    LeaveOut(needed, targets);
    RETURN_IF_ERROR(RemoveUnneeded(context, container, std::move(targets)));
  } else if (const State state = container.state();
             IsUp(state.phase) && !IsBeneathVolume(before, path)) {
    // (What lies in a volume belongs to the user, like what a runtime makes there.)
    RETURN_IF_ERROR(context.modules.live_mounts->RemoveMountPoint({state.pid, state.start_time},
                                                                  path, context.settings.mark));
  }
  if (!Contains(needed, path)) {
    std::erase(after.mount_points, path);
  }
  return OkStatus();
}

}  // namespace isulad::container
