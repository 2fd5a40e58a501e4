#include "daemon/modules/container/validate.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <utility>

#include "daemon/modules/container/channel_memory.h"
#include "daemon/modules/container/device_nodes.h"
#include "daemon/modules/container/read_spec.h"
#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/validate_files.h"
#include "daemon/modules/container/validate_namespaces.h"
#include "daemon/modules/container/validate_resources.h"
#include "daemon/modules/rootfs/overlay.h"
#include "daemon/modules/rootfs/view.h"
#include "daemon/modules/spec/seccomp_profile.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/security_option.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

// The canonical path of a directory that is to become a root. Symbolic links in the path are the
// administrator's responsibility: the path is resolved once, here.
Result<std::string> ResolveRootfs(const std::string& path) {
  if (path.empty()) {
    return InvalidArgument("the image \"none\" needs --external-rootfs");
  }
  Result<std::string> clean = CleanAbsolutePath(path);
  if (!clean) {
    return std::move(clean).error().AddContext("external rootfs " + Quote(path));
  }
  char resolved[PATH_MAX];
  if (::realpath(clean->c_str(), resolved) == nullptr) {
    return InvalidArgument(SystemError(errno, "external rootfs " + Quote(path)).message());
  }
  struct stat attributes = {};
  if (::stat(resolved, &attributes) != 0 || !S_ISDIR(attributes.st_mode)) {
    return InvalidArgument("external rootfs " + Quote(path) + " is not a directory");
  }
  if (std::string_view(resolved) == "/") {
    return InvalidArgument("external rootfs " + Quote(path) + " is the host's root directory");
  }
  return std::string(resolved);
}

// Reports what start would find out already here, while the user is still at it.
Status CheckUserRemap(const Context& context, const ContainerConfig& config) {
  if (!config.user_remap) {
    return OkStatus();
  }
  RETURN_IF_ERROR(rootfs::CheckSearchable(context.settings.state_directory, *config.user_remap));
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, os::Open(config.rootfs(), O_PATH | O_DIRECTORY));
  RETURN_IF_ERROR(rootfs::CloneRemapped(rootfs.get(), config.rootfs(), *config.user_remap));
  return OkStatus();
}

Status CheckSource(const std::string& what, const spec::BindMount& bind) {
  if (!os::PathExists(bind.source)) {
    return InvalidArgument(what + ": source " + Quote(bind.source) + " does not exist");
  }
  return OkStatus();
}

// Each volume and each mount was read from the text at the same index.
Status CheckSources(const ContainerConfig& config) {
  for (size_t i = 0; i < config.volumes.size(); ++i) {
    RETURN_IF_ERROR(CheckSource("volume " + Quote(config.host().volumes(static_cast<int>(i))),
                                config.volumes[i]));
  }
  for (size_t i = 0; i < config.files.mounts.size(); ++i) {
    const auto* bind = std::get_if<spec::BindMount>(&config.files.mounts[i]);
    if (bind != nullptr) {
      const std::string& text = config.host().files().mounts(static_cast<int>(i));
      RETURN_IF_ERROR(CheckSource("mount " + Quote(text), *bind));
    }
  }
  return OkStatus();
}

Status CheckSecurity(const ContainerConfig& config) {
  RETURN_IF_ERROR(LookAtDevices(config.security.devices));
  if (!config.security.seccomp.empty() && config.security.seccomp != kUnconfined) {
    RETURN_IF_ERROR(spec::ParseSeccompProfile(config.security.seccomp));
  }
  return OkStatus();
}

Status CheckChannels(const ContainerConfig& config) {
  if (!config.host().host_channel_add_memory()) {
    return OkStatus();
  }
  if (config.channels.empty()) {
    return InvalidArgument("--host-channel-add-memory needs --host-channel");
  }
  if (config.limits().memory() == 0) {
    return InvalidArgument("--host-channel-add-memory needs --memory: there is no limit to add to");
  }
  return CheckMemory(config);
}

// A cgroup inside a container's own would be the container's to change.
Status CheckCgroupParent(const Context& context, const std::string& parent) {
  if (parent.empty()) {
    return OkStatus();
  }
  for (const auto& other : context.registry.All()) {
    if (IsSameOrBeneath(parent, context.CgroupPath(other->config()))) {
      return InvalidArgument("cgroup parent " + Quote(parent) + " lies in that of container " +
                             Quote(other->name()));
    }
  }
  return OkStatus();
}

Status CheckRuntime(const Context& context, const std::string& runtime) {
  return context.FindRuntime(runtime) != nullptr
             ? OkStatus()
             : Status(InvalidArgument("runtime " + Quote(runtime) + " is not configured"));
}

// Fills in what is left to the daemon, or depends on its machine, so that from then on the
// specification says everything.
Result<spec::ContainerSpec> MakeDefinite(const Context& context, spec::ContainerSpec spec) {
  spec::HostConfig& host = *spec.mutable_host();
  ASSIGN_OR_RETURN(*host.mutable_external_rootfs(), ResolveRootfs(host.external_rootfs()));
  if (host.runtime().empty()) {
    host.set_runtime(context.settings.default_runtime);
  }
  RETURN_IF_ERROR(ResolveHugetlb(*host.mutable_limits()));
  RETURN_IF_ERROR(ResolveNamespaces(context, *host.mutable_namespaces()));
  RETURN_IF_ERROR(AddDefaults(context.settings.defaults, host));
  return spec;
}

}  // namespace

Status CheckName(const std::string& name) {
  if (!IsValidName(name)) {
    return InvalidArgument("name " + Quote(name) +
                           " is not valid: [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes");
  }
  return OkStatus();
}

Result<ContainerConfig> ValidateCreate(const Context& context, const spec::ContainerSpec& asked) {
  if (asked.image() != "none") {
    return InvalidArgument("image " + Quote(asked.image()) +
                           " is not supported: use \"none\" with --external-rootfs");
  }
  ASSIGN_OR_RETURN(spec::ContainerSpec spec, MakeDefinite(context, asked));
  ASSIGN_OR_RETURN(ContainerConfig config, ReadSpec(std::move(spec), context.settings.page_size));
  RETURN_IF_ERROR(CheckRuntime(context, config.host().runtime()));
  RETURN_IF_ERROR(CheckNewLimits(context, config.limits()));
  if (config.host().rootfs_overlay()) {
    RETURN_IF_ERROR(rootfs::CheckLayers(config.rootfs(), context.modules.store->Directory()));
  }
  RETURN_IF_ERROR(CheckSecurity(config));
  RETURN_IF_ERROR(CheckUserRemap(context, config));
  RETURN_IF_ERROR(CheckCgroupParent(context, config.host().cgroup_parent()));
  RETURN_IF_ERROR(CheckHooks(config.hooks));
  RETURN_IF_ERROR(CheckSources(config));
  RETURN_IF_ERROR(CheckTargets(config));
  RETURN_IF_ERROR(CheckNamespaces(config));
  RETURN_IF_ERROR(CheckChannels(config));
  RETURN_IF_ERROR(CheckSharedMemory(config));
  return config;
}

}  // namespace isulad::container
