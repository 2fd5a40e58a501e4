#include "daemon/modules/container/validate.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <limits>
#include <string>
#include <utility>

#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"
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

Status ReadProcess(const CreateRequest& request, ContainerConfig& config) {
  RETURN_IF_ERROR(spec::ValidateProcess(request.process));
  RETURN_IF_ERROR(ValidateHostname(request.hostname));
  config.process = request.process;
  config.open_stdin = request.open_stdin;
  config.stdin_once = request.stdin_once;
  config.stop_signal = SIGTERM;
  if (!request.stop_signal.empty()) {
    ASSIGN_OR_RETURN(config.stop_signal, ParseSignal(request.stop_signal));
  }
  return OkStatus();
}

}  // namespace

Result<ContainerConfig> ValidateCreate(const Context& context, const CreateRequest& request) {
  ContainerConfig config;
  if (!request.name.empty() && !IsValidName(request.name)) {
    return InvalidArgument("name " + Quote(request.name) +
                           " is not valid: [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes");
  }
  if (request.image != "none") {
    return InvalidArgument("image " + Quote(request.image) +
                           " is not supported: use \"none\" with --external-rootfs");
  }
  config.image = request.image;
  RETURN_IF_ERROR(ReadProcess(request, config));
  RETURN_IF_ERROR(spec::ValidateResources(request.resources, context.settings.processors));
  config.resources = request.resources;
  ASSIGN_OR_RETURN(config.rootfs, ResolveRootfs(request.external_rootfs));
  config.read_only_rootfs = request.read_only_rootfs;
  config.system_container = request.system_container;
  config.auto_remove = request.auto_remove;
  config.runtime = request.runtime.empty() ? context.settings.default_runtime : request.runtime;
  if (context.FindRuntime(config.runtime) == nullptr) {
    return InvalidArgument("runtime " + Quote(config.runtime) + " is not configured");
  }
  ASSIGN_OR_RETURN(config.log, logs::ParseLogOptions(request.log_driver, request.log_options));
  RETURN_IF_ERROR(ReadVolumes(request.volumes, config));
  RETURN_IF_ERROR(ReadChannels(context, request, config));
  return config;
}

}  // namespace isulad::container
