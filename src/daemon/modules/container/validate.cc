#include "daemon/modules/container/validate.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <limits>
#include <string>
#include <utility>

#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/stop_signal.h"
#include "daemon/modules/container/validate_files.h"
#include "daemon/modules/container/validate_health.h"
#include "daemon/modules/container/validate_namespaces.h"
#include "daemon/modules/container/validate_resources.h"
#include "daemon/modules/container/validate_security.h"
#include "daemon/modules/rootfs/overlay.h"
#include "daemon/modules/rootfs/view.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"
#include "utils/base/user_remap.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

constexpr size_t kMaxHostnameBytes = 63;  // HOST_NAME_MAX is 64; RFC 1123 gives a label 63

// The canonical path of a directory that is to become a root. Links on the way are the
// administrator's business: the path is resolved once, here.
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

Status ValidateHostname(const std::string& hostname) {
  if (hostname.size() > kMaxHostnameBytes) {
    return InvalidArgument("hostname " + Quote(hostname) + " is longer than 63 bytes");
  }
  for (const char c : hostname) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '.') {
      return InvalidArgument("hostname " + Quote(hostname) +
                             " may hold letters, digits, \"-\" and \".\" only");
    }
  }
  return OkStatus();
}

// What start would find out is told here as well, where the user is still at it.
Status ReadUserRemap(const Context& context, const CreateRequest& request,
                     ContainerConfig& config) {
  if (request.user_remap.empty()) {
    return OkStatus();
  }
  if (request.security.privileged) {
    return InvalidArgument(
        "--privileged and --user-remap exclude one another: in a user namespace nobody has rights "
        "over the host");
  }
  ASSIGN_OR_RETURN(config.user_remap, ParseUserRemap(request.user_remap));
  RETURN_IF_ERROR(rootfs::CheckSearchable(context.settings.state_directory, *config.user_remap));
  ASSIGN_OR_RETURN(const os::UniqueFd rootfs, os::Open(config.rootfs, O_PATH | O_DIRECTORY));
  RETURN_IF_ERROR(rootfs::CloneRemapped(rootfs.get(), config.rootfs, *config.user_remap));
  return OkStatus();
}

Status ReadVolumes(const std::vector<std::string>& texts, ContainerConfig& config) {
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(spec::BindMount volume, spec::ParseVolume(text));
    if (!os::PathExists(volume.source)) {
      return InvalidArgument("volume " + Quote(text) + ": source " + Quote(volume.source) +
                             " does not exist");
    }
    for (const spec::BindMount& other : config.volumes) {
      if (other.target == volume.target) {
        return InvalidArgument("volume " + Quote(text) + ": target " + Quote(volume.target) +
                               " is given more than once");
      }
    }
    config.volumes.push_back(std::move(volume));
  }
  return OkStatus();
}

Status ReadChannels(const Context& context, const CreateRequest& request, ContainerConfig& config) {
  for (const std::string& text : request.host_channels) {
    ASSIGN_OR_RETURN(host_channel::HostChannel channel,
                     host_channel::Parse(text, context.settings.page_size));
    config.channels.push_back(std::move(channel));
  }
  config.host_channel_add_memory = request.host_channel_add_memory;
  if (!request.host_channel_add_memory) {
    return OkStatus();
  }
  if (config.channels.empty()) {
    return InvalidArgument("--host-channel-add-memory needs --host-channel");
  }
  if (request.resources.memory == 0) {
    return InvalidArgument("--host-channel-add-memory needs --memory: there is no limit to add to");
  }
  const uint64_t limit = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  const auto largest =
      static_cast<uint64_t>(std::max(request.resources.memory, request.resources.memory_swap));
  // Each size is below this machine's memory (checked by the channel manager), so that the sum
  // cannot wrap.
  if (limit - largest < AddedMemory(config)) {
    return InvalidArgument("memory limit with the channels' sizes added is too large");
  }
  return OkStatus();
}

Status ReadLabels(const CreateRequest& request, ContainerConfig& config) {
  Result<KeyValues> labels = ParseKeyValues(request.labels);
  if (!labels) {
    return std::move(labels).error().AddContext("--label");
  }
  Result<KeyValues> annotations = ParseKeyValues(request.annotations);
  if (!annotations) {
    return std::move(annotations).error().AddContext("--annotation");
  }
  for (const auto& [key, value] : *annotations) {
    RETURN_IF_ERROR(CheckAnnotation(key));
  }
  config.labels = *std::move(labels);
  config.annotations = *std::move(annotations);
  return OkStatus();
}

// A group in a container's group would be the container's to change.
Result<std::string> ReadCgroupParent(const Context& context, const std::string& text) {
  if (text.empty()) {
    return std::string();
  }
  Result<std::string> parent = CleanAbsolutePath(text);
  if (!parent) {
    return InvalidArgument("cgroup parent " + Quote(text) + " " + parent.error().message());
  }
  if (*parent == "/") {
    return InvalidArgument("cgroup parent \"/\" is the host's own");
  }
  for (const auto& other : context.registry.All()) {
    if (IsSameOrBeneath(*parent, context.CgroupPath(other->config()))) {
      return InvalidArgument("cgroup parent " + Quote(text) + " lies in that of container " +
                             Quote(other->name()));
    }
  }
  return parent;
}

// A file is bound there, over that of the rootfs.
Result<std::string> ReadEnvTargetFile(const std::string& text) {
  if (text.empty()) {
    return std::string();
  }
  Result<std::string> path = CleanAbsolutePath(text);
  if (!path) {
    return InvalidArgument("env target file " + Quote(text) + " " + path.error().message());
  }
  for (const char* taken :
       {"/proc", "/sys", "/dev", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"}) {
    if (IsSameOrBeneath(*path, taken) || *path == "/") {
      return InvalidArgument("env target file " + Quote(text) + " is not one of the rootfs");
    }
  }
  return path;
}

Status ReadProcess(const CreateRequest& request, ContainerConfig& config) {
  config.process = request.process;
  config.entrypoint = request.entrypoint;
  if (!config.entrypoint.empty()) {
    config.process.args.insert(config.process.args.begin(), config.entrypoint);
  }
  RETURN_IF_ERROR(spec::ValidateProcess(config.process));
  RETURN_IF_ERROR(ValidateHostname(request.hostname));
  config.open_stdin = request.open_stdin;
  config.stdin_once = request.stdin_once;
  config.stop_signal = request.system_container ? kStopSignalOfInit : SIGTERM;
  if (!request.stop_signal.empty()) {
    ASSIGN_OR_RETURN(config.stop_signal, ParseSignal(request.stop_signal));
  }
  return OkStatus();
}

}  // namespace

Status CheckName(const std::string& name) {
  if (!IsValidName(name)) {
    return InvalidArgument("name " + Quote(name) +
                           " is not valid: [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes");
  }
  return OkStatus();
}

Result<ContainerConfig> ValidateCreate(const Context& context, const CreateRequest& request) {
  ContainerConfig config;
  if (!request.name.empty()) {
    RETURN_IF_ERROR(CheckName(request.name));
  }
  if (request.image != "none") {
    return InvalidArgument("image " + Quote(request.image) +
                           " is not supported: use \"none\" with --external-rootfs");
  }
  config.image = request.image;
  RETURN_IF_ERROR(ReadProcess(request, config));
  ASSIGN_OR_RETURN(config.resources, ValidateLimits(context, request.resources, request.limits));
  ASSIGN_OR_RETURN(config.rootfs, ResolveRootfs(request.external_rootfs));
  config.read_only_rootfs = request.read_only_rootfs;
  config.rootfs_overlay = request.rootfs_overlay;
  if (config.rootfs_overlay) {
    RETURN_IF_ERROR(rootfs::CheckLayers(config.rootfs, context.modules.store->Directory()));
  }
  ASSIGN_OR_RETURN(config.security, ValidateSecurity(request.security));
  RETURN_IF_ERROR(ReadUserRemap(context, request, config));
  config.system_container = request.system_container;
  ASSIGN_OR_RETURN(config.namespaces, ReadNamespaces(context, request.namespaces));
  config.auto_remove = request.auto_remove;
  ASSIGN_OR_RETURN(config.restart, ParseRestartPolicy(request.restart_policy));
  if (config.auto_remove && config.restart.rule != RestartRule::kNo) {
    return InvalidArgument(
        "--rm and --restart exclude one another: removed at its end, or started again");
  }
  config.runtime = request.runtime.empty() ? context.settings.default_runtime : request.runtime;
  if (context.FindRuntime(config.runtime) == nullptr) {
    return InvalidArgument("runtime " + Quote(config.runtime) + " is not configured");
  }
  const Defaults& defaults = context.settings.defaults;
  ASSIGN_OR_RETURN(config.log, LogWithDefaults(defaults, request.log_driver, request.log_options));
  RETURN_IF_ERROR(ReadLabels(request, config));
  ASSIGN_OR_RETURN(config.cgroup_parent, ReadCgroupParent(context, request.cgroup_parent));
  ASSIGN_OR_RETURN(const spec::Hooks hooks, ReadHooks(request.hooks));
  config.hooks = WithDefaults(defaults, hooks);
  config.security.ulimits = WithDefaults(defaults, std::move(config.security.ulimits));
  ASSIGN_OR_RETURN(config.health, ValidateHealth(request.health));
  ASSIGN_OR_RETURN(config.env_target_file, ReadEnvTargetFile(request.env_target_file));
  RETURN_IF_ERROR(ReadVolumes(request.volumes, config));
  ASSIGN_OR_RETURN(config.files, ValidateFiles(context, request.files));
  RETURN_IF_ERROR(CheckTargets(config));
  RETURN_IF_ERROR(CheckNamespaces(config, request.hostname));
  RETURN_IF_ERROR(ReadChannels(context, request, config));
  RETURN_IF_ERROR(CheckSharedMemory(config));
  return config;
}

}  // namespace isulad::container
