#include "daemon/modules/container/validate_files.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

constexpr char kShm[] = "/dev/shm";

// A path where something is mounted, and the flag that asked for it.
struct Target {
  std::string path;
  const char* flag;
};

std::vector<Target> FileTargetsOf(const ContainerConfig& config) {
  std::vector<Target> targets;
  for (const spec::BindMount& volume : config.volumes) {
    targets.push_back({volume.target, "--volume"});
  }
  for (const spec::BindMount& bind : spec::BindsOf(config.files)) {
    targets.push_back({bind.target, "--mount"});
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    targets.push_back({tmpfs.target, "--tmpfs or --mount"});
  }
  for (const DeviceMapping& device : config.security.devices) {
    targets.push_back({device.path_in_container, "--device"});
  }
  if (!config.host().env_target_file().empty()) {
    targets.push_back({config.host().env_target_file(), "--env-target-file"});
  }
  return targets;
}

Status CheckTwice(const std::vector<Target>& targets) {
  for (auto target = targets.begin(); target != targets.end(); ++target) {
    for (auto other = targets.begin(); other != target; ++other) {
      if (other->path == target->path) {
        return InvalidArgument("target " + Quote(target->path) + " is given more than once: by " +
                               other->flag + " and by " + target->flag);
      }
    }
  }
  return OkStatus();
}

// What has a target beneath the tmpfs is mounted in it, but a device there would lose its meaning.
// A directory cannot take the place of a file.
Status CheckTmpfs(const spec::Tmpfs& tmpfs, const ContainerConfig& config) {
  for (const DeviceMapping& device : config.security.devices) {
    if (IsSameOrBeneath(device.path_in_container, tmpfs.target)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + " hides device " +
                             Quote(device.path_in_container));
    }
  }
  for (const auto& [name, path] : GeneratedNames(config)) {
    if (IsSameOrBeneath(tmpfs.target, path)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + " is a file, " + Quote(path));
    }
  }
  for (const auto& [kind, id] : {std::pair{"uid", tmpfs.uid}, std::pair{"gid", tmpfs.gid}}) {
    if (id && config.user_remap && !config.user_remap->Contains(*id)) {
      return InvalidArgument("tmpfs target " + Quote(tmpfs.target) + ": " + kind + " " +
                             std::to_string(*id) + " is not one of --user-remap");
    }
  }
  return OkStatus();
}

}  // namespace

Status CheckTargets(const ContainerConfig& config) {
  const std::vector<Target> targets = FileTargetsOf(config);
  RETURN_IF_ERROR(CheckTwice(targets));
  for (const Target& target : targets) {
    if (config.files.shm_size != 0 && target.path == kShm) {
      return InvalidArgument("--shm-size and " + std::string(target.flag) + " of " + Quote(kShm) +
                             " exclude one another");
    }
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    RETURN_IF_ERROR(CheckTmpfs(tmpfs, config));
  }
  return OkStatus();
}

}  // namespace isulad::container
