#include "daemon/modules/container/bundle.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/device_nodes.h"
#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/container/monitor_config.h"
#include "daemon/modules/container/mount_collisions.h"
#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/spec/builder.h"
#include "daemon/modules/spec/capabilities.h"
#include "daemon/modules/spec/seccomp_profile.h"
#include "daemon/modules/spec/users.h"
#include "utils/base/strings.h"
#include "utils/log/log.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/system_info.h"

namespace isulad::container {
namespace {

Status AddSeccomp(Context& context, const ContainerConfig& config,
                  const runtime::OciRuntime& runtime, spec::Input& input) {
  const std::string& wish = config.security.seccomp;
  const uint64_t capabilities =
      spec::CapabilitiesOf(config.host().system_container(), config.security) &
      context.settings.capabilities;
  if (wish == kUnconfined || (wish.empty() && config.security.privileged)) {
    return OkStatus();
  }
  if (!wish.empty()) {
    ASSIGN_OR_RETURN(const spec::SeccompProfileText profile, spec::ParseSeccompProfile(wish));
    input.seccomp_profile =
        spec::ResolveSeccompProfile(profile, {capabilities, os::KernelRelease()});
    return OkStatus();
  }
  const auto variant = config.host().system_container() ? spec::SeccompVariant::kSystemContainer
                                                        : spec::SeccompVariant::kDefault;
  if (!runtime.TakesSeccompProgram()) {
    input.seccomp_profile = spec::SeccompProfile(variant, capabilities);
    return OkStatus();
  }
  ASSIGN_OR_RETURN(input.seccomp_program, context.seccomp.Program(variant, capabilities));
  return OkStatus();
}

Status AddForRuntime(Context& context, const ContainerConfig& config, spec::Input& input) {
  ASSIGN_OR_RETURN(const runtime::OciRuntime* runtime, context.RuntimeOf(config));
  input.tmpfs_lose_mode = !runtime->GivesTmpfsItsMode();
  return AddSeccomp(context, config, *runtime, input);
}

std::vector<std::string> Groups(const spec::ProcessConfig& process) {
  return {process.group_add().begin(), process.group_add().end()};
}

Result<spec::Input> MakeInput(Context& context, const Container& container, int rootfs,
                              const StartMounts& mounts) {
  const ContainerConfig& config = container.config();
  spec::Input input;
  input.id = config.id;
  input.hostname = config.process().hostname();
  input.rootfs = mounts.rootfs;
  input.rootfs_read_only = config.host().read_only_rootfs();
  input.system_container = config.host().system_container();
  input.security = config.security;
  ASSIGN_OR_RETURN(input.devices, DevicesOf(container.CurrentConfig()));
  input.user_remap = config.user_remap;
  input.process = config.process();
  ASSIGN_OR_RETURN(input.identity,
                   spec::LookUpUser(rootfs, config.process().user(), Groups(config.process())));
  input.limits = EffectiveLimits(container.CurrentConfig());
  input.lowest_oom_score_adj = LowestOomScoreAdj(context);
  input.umask = context.settings.umask;
  ASSIGN_OR_RETURN(input.device_rates, LookAtRates(input.limits));
  ASSIGN_OR_RETURN(input.hugetlb, spec::HugetlbLimitsOf(input.limits));
  input.binds = BindsOf(config);
  input.tmpfs = spec::TmpfsOf(config.files);
  input.shm_size = config.files.shm_size;
  const std::string own = context.modules.store->DirectoryOf(config.id) + "/";
  const std::string names = DirectoryOfNames(*context.modules.store, config) + "/";
  for (const auto& [name, target] : GeneratedNames(config)) {
    input.generated_files.push_back({(name == kEnvFileName ? own : names) + name, target});
  }
  input.namespaces = config.namespaces;
  input.namespace_paths = mounts.joined.paths;
  input.shared_memory = mounts.joined.shared_memory;
  input.annotations = config.annotations;
  input.hooks = config.hooks;
  input.hook_program = context.settings.shim;
  input.channels = mounts.channels;
  input.cgroup_path = context.CgroupPath(config);
  input.swap_accounting = context.modules.cgroups->SwapAccounting();
  const bool version_1 = context.modules.cgroups->layout() != cgroup::Layout::kV2;
  input.swappiness = version_1;
  input.io_weights = !version_1;
  input.available_capabilities = context.settings.capabilities;
  if (config.host().system_container()) {
    ASSIGN_OR_RETURN(input.memory, MeasureOfTmpfs(container.CurrentConfig()));
  }
  RETURN_IF_ERROR(AddForRuntime(context, config, input));
  return input;
}

// The container's root may write to its own hosts file, whoever that is on the host. Only root can
// reach the file from outside.
Status GiveToContainer(const std::string& path, const ContainerConfig& config) {
  if (config.user_remap &&
      ::lchown(path.c_str(), config.user_remap->uid, config.user_remap->gid) != 0) {
    return SystemError(errno, "set the owner of " + Quote(path));
  }
  return OkStatus();
}

// A power cut can take the generated files: config.json has what is needed to make them again.
Status RestoreGeneratedFiles(const Context& context, const ContainerConfig& config) {
  const std::string directory = context.modules.store->DirectoryOf(config.id) + "/";
  for (const store::Store::File& file : GenerateFiles(config)) {
    const std::string path = directory + file.name;
    if (!os::PathExists(path)) {
      RETURN_IF_ERROR(os::WriteFileAtomic(path, file.text, 0644, os::Sync::kNone));
    }
    RETURN_IF_ERROR(GiveToContainer(path, config));
  }
  return OkStatus();
}

std::vector<std::string> TargetsOf(const std::vector<spec::MountPoint>& points) {
  std::vector<std::string> targets;
  for (const spec::MountPoint& point : points) {
    targets.push_back(point.target);
  }
  return targets;
}

Status CheckHiding(int rootfs, const spec::Input& input, const std::vector<std::string>& in_order) {
  std::vector<std::string> tmpfs;
  for (const spec::Tmpfs& one : input.tmpfs) {
    tmpfs.push_back(one.target);
  }
  if (tmpfs.empty()) {
    return OkStatus();
  }
  return CheckHiddenMounts(rootfs, in_order, tmpfs);
}

Status CheckCollisions(int rootfs, const spec::Input& input,
                       const std::vector<std::string>& points) {
  std::vector<std::string> channels;
  for (const host_channel::MountEntry& entry : input.channels) {
    channels.push_back(entry.destination);
  }
  std::vector<std::string> targets;
  for (const spec::BindMount& bind : input.binds) {
    targets.push_back(bind.target);
  }
  for (const spec::Tmpfs& tmpfs : input.tmpfs) {
    targets.push_back(tmpfs.target);
  }
  for (const spec::GeneratedFile& file : input.generated_files) {
    targets.push_back(file.target);
  }
  for (const DeviceMapping& device : input.security.devices) {
    targets.push_back(device.path_in_container);
  }
  RETURN_IF_ERROR(CheckMountCollisions(rootfs, channels, targets));
  return CheckHiding(rootfs, input, points);
}

// The root directory of its first process, which stays what it is while the descriptor lives.
Result<os::UniqueFd> OpenRootOfProcess(const Container& container) {
  const State state = container.state();
  ASSIGN_OR_RETURN(const os::UniqueFd pidfd, os::OpenPidfdVerified(state.pid, state.start_time));
  ASSIGN_OR_RETURN(os::UniqueFd root,
                   os::Open("/proc/" + std::to_string(state.pid) + "/root", O_PATH | O_DIRECTORY));
  RETURN_IF_ERROR(os::SendSignal(pidfd, 0));  // its number was still its own
  return root;
}

// The generated files are in the engine's own directories, which a runtime sees anyway.
std::vector<std::string> SourcesOf(const spec::Input& input) {
  if (!input.hooks.empty()) {
    return {};
  }
  std::vector<std::string> sources = {input.rootfs};
  for (const spec::BindMount& bind : input.binds) {
    sources.push_back(bind.source);
  }
  for (const host_channel::MountEntry& entry : input.channels) {
    sources.push_back(entry.source);
  }
  if (input.namespaces.ipc.mode == NamespaceMode::kHost) {
    sources.emplace_back(spec::kSharedMemoryPath);
  }
  return sources;
}

bool HasView(const ContainerConfig& config) {
  return config.user_remap.has_value() || config.host().rootfs_overlay();
}

// What users and mount points are looked up and made in: with ids mapped, what the host has.
Result<os::UniqueFd> OpenForStart(const ContainerConfig& config, const StartMounts& mounts) {
  return config.host().rootfs_overlay() ? os::Open(mounts.rootfs, O_PATH | O_DIRECTORY | O_NOFOLLOW)
                                        : OpenRootfs(config);
}

// Where its users are: what a container has changed in a layer of its own shows in its namespace.
Result<os::UniqueFd> OpenForExec(const Container& container) {
  return container.config().host().rootfs_overlay() ? OpenRootOfProcess(container)
                                                    : OpenRootfs(container.config());
}

// The further groups without the names that the container has taken away since it started: no
// reason for it to have no exec and no health check any more.
std::vector<std::string> GroupsThere(int rootfs, const spec::ProcessConfig& process) {
  std::vector<std::string> groups;
  for (const std::string& group : process.group_add()) {
    const Result<spec::Identity> found = spec::LookUpUser(rootfs, "0:0", {group});
    if (found || found.error().code() != Code::kInvalidArgument) {
      groups.push_back(group);
    }
  }
  return groups;
}

}  // namespace

Result<uint64_t> MeasureOfTmpfs(const ContainerConfig& config) {
  return config.limits().memory() == 0 ? os::PhysicalMemory()
                                       : static_cast<uint64_t>(config.limits().memory());
}

Result<std::unique_ptr<rootfs::ScopedView>> MountRootfsView(const Context& context,
                                                            const Container& container) {
  const ContainerConfig& config = container.config();
  if (!HasView(config)) {
    return std::unique_ptr<rootfs::ScopedView>();
  }
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  return rootfs::ScopedView::Create(
      context.RootfsViews(), config.id,
      {rootfs.get(), config.rootfs(), config.user_remap,
       config.host().rootfs_overlay() ? context.LayersOf(config.id) : std::string()});
}

Result<Bundle> ScopedBundle::Write(const StartMounts& mounts, shim::WindowSize window) {
  const ContainerConfig& config = container_->config();
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenForStart(config, mounts));
  ASSIGN_OR_RETURN(spec::Input input, MakeInput(*context_, *container_, rootfs.get(), mounts));
  input.console = {window.rows, window.columns};
  RETURN_IF_ERROR(RestoreGeneratedFiles(*context_, config));
  ASSIGN_OR_RETURN(spec::Output output, spec::Build(input));
  RETURN_IF_ERROR(MakeMountPoints(*context_, *container_, rootfs.get(), output.mount_points));
  RETURN_IF_ERROR(CheckCollisions(rootfs.get(), input, TargetsOf(output.mount_points)));
  const std::string directory = context_->RunDirectory(config.id);
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0700));
  RETURN_IF_ERROR(os::WriteFileAtomic(directory + "/config.json", json::Serialize(output.config),
                                      0600, os::Sync::kNone));
  return Bundle{std::move(output.warnings), SourcesOf(input)};
}

ScopedBundle::~ScopedBundle() {
  if (container_ == nullptr) {
    return;
  }
  if (const Status removed = RemoveBundle(*context_, *container_); !removed) {
    log::Warn("cleaning up after a failed start",
              {{"id", container_->id()}, {"reason", removed.error().message()}});
  }
}

Status RemoveBundle(const Context& context, const Container& container) {
  if (HasView(container.config())) {
    // First: recovery takes the run's directory for the sign that there is a view.
    RETURN_IF_ERROR(rootfs::RemoveView(context.RootfsViews(), container.id()));
  }
  return os::RemoveTree(context.RunDirectory(container.id()));
}

Status CheckChannelCollisions(const ContainerConfig& config) {
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(config));
  return CheckCollisions(rootfs.get(), MountsOf(config), config.mount_points);
}

Result<json::Value> BuildExec(const Context& context, const Container& container,
                              const spec::ProcessConfig& process, shim::WindowSize window) {
  const ContainerConfig& config = container.config();
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenForExec(container));
  spec::ExecInput input;
  input.process = ExecProcess(config, process);
  input.console = {window.rows, window.columns};
  ASSIGN_OR_RETURN(input.identity, spec::LookUpUser(rootfs.get(), input.process.user(),
                                                    GroupsThere(rootfs.get(), input.process)));
  input.available_capabilities = context.settings.capabilities;
  input.system_container = config.host().system_container();
  input.security = config.security;
  input.user_remap = config.user_remap;
  input.hostname = config.process().hostname();
  input.container_env = config.process().env();
  input.umask = context.settings.umask;
  return spec::BuildExecProcess(input);
}

}  // namespace isulad::container
