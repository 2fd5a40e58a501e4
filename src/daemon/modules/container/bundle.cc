#include "daemon/modules/container/bundle.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/container/mount_collisions.h"
#include "daemon/modules/rootfs/mount_points.h"
#include "daemon/modules/spec/builder.h"
#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/users.h"
#include "utils/base/clean_path.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/safe_open.h"

namespace isulad::container {
namespace {

// The path was canonical when the container was created: a link in it has come later and is not
// followed.
Result<os::UniqueFd> OpenRootfs(const ContainerConfig& config) {
  Result<os::UniqueFd> rootfs = os::OpenNoSymlinks(AT_FDCWD, config.rootfs, O_PATH | O_DIRECTORY);
  if (!rootfs) {
    return std::move(rootfs).error().AddContext("rootfs of the container");
  }
  return rootfs;
}

spec::ResourceOptions EffectiveResources(const ContainerConfig& config) {
  spec::ResourceOptions resources = config.resources;
  const auto added = static_cast<int64_t>(AddedMemory(config));
  if (resources.memory > 0) {
    resources.memory += added;
  }
  if (resources.memory_swap > 0) {
    resources.memory_swap += added;
  }
  return resources;
}

Status AddSeccomp(Context& context, const ContainerConfig& config, spec::Input& input) {
  const auto variant = config.system_container ? spec::SeccompVariant::kSystemContainer
                                               : spec::SeccompVariant::kDefault;
  const uint64_t capabilities =
      spec::DefaultCapabilities(config.system_container) & context.settings.capabilities;
  const runtime::OciRuntime* runtime = context.FindRuntime(config.runtime);
  if (runtime == nullptr) {
    return FailedPrecondition("runtime " + Quote(config.runtime) + " is not configured any more");
  }
  if (!runtime->TakesSeccompProgram()) {
    input.seccomp_profile = spec::SeccompProfile(variant, capabilities);
    return OkStatus();
  }
  ASSIGN_OR_RETURN(input.seccomp_program, context.seccomp.Program(variant, capabilities));
  return OkStatus();
}

Result<spec::Input> MakeInput(Context& context, const Container& container, int rootfs,
                              const std::vector<host_channel::MountEntry>& channels) {
  const ContainerConfig& config = container.config();
  spec::Input input;
  input.id = config.id;
  input.hostname = config.hostname;
  input.rootfs = config.rootfs;
  input.rootfs_read_only = config.read_only_rootfs;
  input.system_container = config.system_container;
  input.process = config.process;
  ASSIGN_OR_RETURN(input.identity, spec::LookUpUser(rootfs, config.process.user));
  input.resources = EffectiveResources(config);
  input.binds = config.volumes;
  const std::string directory = context.modules.store->DirectoryOf(config.id);
  for (const GeneratedName& file : kGeneratedFiles) {
    input.generated_files.push_back({directory + "/" + file.name, file.target});
  }
  input.channels = channels;
  input.cgroup_path = context.CgroupPath(config.id);
  input.swap_accounting = context.modules.cgroups->SwapAccounting();
  input.available_capabilities = context.settings.capabilities;
  RETURN_IF_ERROR(AddSeccomp(context, config, input));
  return input;
}

// A power cut can take the generated files: config.json has what is needed to make them again.
Status RestoreGeneratedFiles(const Context& context, const ContainerConfig& config) {
  const std::string directory = context.modules.store->DirectoryOf(config.id) + "/";
  for (const store::Store::File& file : GenerateFiles(config)) {
    if (!os::PathExists(directory + file.name)) {
      RETURN_IF_ERROR(os::WriteFileAtomic(directory + file.name, file.text, 0644, os::Sync::kNone));
    }
  }
  return OkStatus();
}

Status CheckCollisions(int rootfs, const spec::Input& input) {
  std::vector<std::string> channels;
  for (const host_channel::MountEntry& entry : input.channels) {
    channels.push_back(entry.destination);
  }
  std::vector<std::string> targets;
  for (const spec::BindMount& bind : input.binds) {
    targets.push_back(bind.target);
  }
  for (const spec::GeneratedFile& file : input.generated_files) {
    targets.push_back(file.target);
  }
  return CheckMountCollisions(rootfs, input.rootfs, channels, targets);
}

std::vector<rootfs::Target> TargetsOf(const std::vector<spec::MountPoint>& points) {
  std::vector<rootfs::Target> targets;
  targets.reserve(points.size());
  for (const spec::MountPoint& point : points) {
    targets.push_back({point.target, point.is_file});
  }
  return targets;
}

// Every mount point that a container may have had made in its rootfs.
Result<std::vector<rootfs::Target>> TargetsOf(const ContainerConfig& config) {
  spec::Input input;
  input.system_container = config.system_container;
  input.binds = config.volumes;
  for (const GeneratedName& file : kGeneratedFiles) {
    input.generated_files.push_back({"", file.target});
  }
  for (const host_channel::HostChannel& channel : config.channels) {
    input.channels.push_back(host_channel::MakeMountEntry(channel, ""));
  }
  ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points, spec::MountPointsOf(input));
  return TargetsOf(points);
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

}  // namespace

Result<std::vector<std::string>> WriteBundle(Context& context, const Container& container,
                                             const std::vector<host_channel::MountEntry>& channels,
                                             shim::WindowSize window) {
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(container.config()));
  ASSIGN_OR_RETURN(spec::Input input, MakeInput(context, container, rootfs.get(), channels));
  input.console = {window.rows, window.columns};
  RETURN_IF_ERROR(RestoreGeneratedFiles(context, container.config()));
  ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points, spec::MountPointsOf(input));
  RETURN_IF_ERROR(rootfs::MakeMountPoints(rootfs.get(), TargetsOf(points), context.settings.mark));
  RETURN_IF_ERROR(CheckCollisions(rootfs.get(), input));
  ASSIGN_OR_RETURN(spec::Output output, spec::Build(input));
  const std::string directory = context.RunDirectory(container.id());
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0700));
  RETURN_IF_ERROR(os::WriteFileAtomic(directory + "/config.json", json::Serialize(output.config),
                                      0600, os::Sync::kNone));
  return std::move(output.warnings);
}

Status RemoveBundle(const Context& context, const Container& container) {
  return os::RemoveTree(context.RunDirectory(container.id()));
}

Status RemoveMountPoints(const Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  ASSIGN_OR_RETURN(std::vector<rootfs::Target> targets, TargetsOf(config));
  for (const auto& other : context.registry.All()) {
    // Two removals at once must not leave it to one another.
    if (other->id() != container.id() && other->config().rootfs == config.rootfs &&
        other->state().phase != Phase::kRemoving) {
      ASSIGN_OR_RETURN(const std::vector<rootfs::Target> needed, TargetsOf(other->config()));
      LeaveOut(needed, targets);
    }
  }
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  return rootfs::RemoveMountPoints(rootfs.get(), targets, context.settings.mark);
}

Result<json::Value> BuildExec(const Context& context, const Container& container,
                              const spec::ProcessOptions& process, shim::WindowSize window) {
  const ContainerConfig& config = container.config();
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  spec::ExecInput input;
  input.process = ExecProcess(config, process);
  input.console = {window.rows, window.columns};
  ASSIGN_OR_RETURN(input.identity, spec::LookUpUser(rootfs.get(), input.process.user));
  input.available_capabilities = context.settings.capabilities;
  input.system_container = config.system_container;
  input.hostname = config.hostname;
  input.container_env = config.process.env;
  return spec::BuildExecProcess(input);
}

}  // namespace isulad::container
