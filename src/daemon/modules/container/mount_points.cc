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

std::vector<rootfs::Target> MountTargetsOf(const std::vector<spec::MountPoint>& points) {
  std::vector<rootfs::Target> targets;
  targets.reserve(points.size());
  for (const spec::MountPoint& point : points) {
    targets.push_back({point.target, point.is_file});
  }
  return targets;
}

// Every mount point that a container may have had made in its rootfs.
Result<std::vector<rootfs::Target>> MountTargetsOf(const ContainerConfig& config) {
  ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points,
                   spec::MountPointsOf(MountsOf(config)));
  return MountTargetsOf(points);
}

// Takes from `targets` what overlaps with what another container mounts on: to remove a directory
// takes away the mounts on it in every namespace, and the parents of a target are removed with it.
void LeaveOut(const std::vector<rootfs::Target>& needed, std::vector<rootfs::Target>& targets) {
  const auto overlaps = [&needed](const rootfs::Target& target) {
    return std::any_of(needed.begin(), needed.end(), [&target](const rootfs::Target& other) {
      return PathsOverlap(target.path, other.path);
    });
  };
  targets.erase(std::remove_if(targets.begin(), targets.end(), overlaps), targets.end());
}

// The same for a container that other containers may share its rootfs with.
Status LeaveOutOthers(const Context& context, const Container& container,
                      std::vector<rootfs::Target>& targets) {
  for (const auto& other : context.registry.All()) {
    // Two removals at once must not leave it to one another. In an overlay a container mounts on
    // its own copies.
    if (other->id() != container.id() && other->config().rootfs() == container.config().rootfs() &&
        !other->config().host().rootfs_overlay() && other->state().phase != Phase::kRemoving) {
      ASSIGN_OR_RETURN(const std::vector<rootfs::Target> needed,
                       MountTargetsOf(other->CurrentConfig()));
      LeaveOut(needed, targets);
    }
  }
  return OkStatus();
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

Status MakeMountPoints(Context& context, const Container& container, int rootfs,
                       const spec::Input& input) {
  ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points, spec::MountPointsOf(input));
  if (container.config().host().rootfs_overlay()) {
    const os::ScopedFileOwner owner(container.config().user_remap);
    return rootfs::MakeMountPoints(rootfs, MountTargetsOf(points), context.settings.mark);
  }
  const NamedLock turn(context.rootfs_turns, container.config().rootfs());
  return rootfs::MakeMountPoints(rootfs, MountTargetsOf(points), context.settings.mark);
}

Status RemoveMountPoints(Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  if (config.host().rootfs_overlay()) {
    return OkStatus();  // they go with its layers
  }
  ASSIGN_OR_RETURN(std::vector<rootfs::Target> targets, MountTargetsOf(container.CurrentConfig()));
  const NamedLock turn(context.rootfs_turns, config.rootfs());
  RETURN_IF_ERROR(LeaveOutOthers(context, container, targets));
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  return rootfs::RemoveMountPoints(rootfs.get(), targets, context.settings.mark);
}

Result<bool> IsMountPointInRootfs(const ContainerConfig& config, const std::string& path) {
  if (config.host().rootfs_overlay()) {
    return false;  // but in a layer that only the container sees whole
  }
  ASSIGN_OR_RETURN(const std::vector<rootfs::Target> targets, MountTargetsOf(config));
  return std::any_of(targets.begin(), targets.end(),
                     [&](const rootfs::Target& target) { return target.path == path; });
}

Status RemoveMountPoint(Context& context, const Container& container, const ContainerConfig& before,
                        const ContainerConfig& after, const std::string& path) {
  ASSIGN_OR_RETURN(const bool in_rootfs, IsMountPointInRootfs(before, path));
  if (!in_rootfs) {
    // What lies in a volume is the user's, as what a runtime makes there.
    const State state = container.state();
    return IsUp(state.phase) && !IsBeneathVolume(before, path)
               ? context.modules.live_mounts->RemoveMountPoint({state.pid, state.start_time}, path,
                                                               context.settings.mark)
               : OkStatus();
  }
  std::vector<rootfs::Target> targets = {{path, false}};
  ASSIGN_OR_RETURN(const std::vector<rootfs::Target> kept, MountTargetsOf(after));
  LeaveOut(kept, targets);
  const NamedLock turn(context.rootfs_turns, before.rootfs());
  RETURN_IF_ERROR(LeaveOutOthers(context, container, targets));
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(before));
  return rootfs::RemoveMountPoints(rootfs.get(), targets, context.settings.mark);
}

}  // namespace isulad::container
