#include "daemon/modules/container/read_spec.h"

#include <signal.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/modules/container/read_files.h"
#include "daemon/modules/container/read_health.h"
#include "daemon/modules/container/read_security.h"
#include "daemon/modules/spec/resource_options.h"
#include "utils/base/clean_path.h"
#include "utils/base/signals.h"
#include "utils/base/strings.h"

namespace isulad::container {
namespace {

constexpr size_t kMaxHostnameBytes = 63;  // HOST_NAME_MAX is 64; RFC 1123 gives a label 63

Status CheckHostname(const std::string& hostname) {
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

Result<int> ReadStopSignal(const spec::ContainerSpec& spec) {
  if (spec.process().stop_signal().empty()) {
    return spec.host().system_container() ? kStopSignalOfInit : SIGTERM;
  }
  return ParseSignal(spec.process().stop_signal());
}

Result<NamespaceOptions> ReadNamespaces(const spec::NamespaceConfig& texts) {
  NamespaceOptions options;
  ASSIGN_OR_RETURN(options.network, ParseNamespace(kNetworkNamespace, texts.network()));
  ASSIGN_OR_RETURN(options.ipc, ParseNamespace(kIpcNamespace, texts.ipc()));
  ASSIGN_OR_RETURN(options.pid, ParseNamespace(kPidNamespace, texts.pid()));
  ASSIGN_OR_RETURN(options.uts, ParseNamespace(kUtsNamespace, texts.uts()));
  ASSIGN_OR_RETURN(options.cgroup, ParseNamespace(kCgroupNamespace, texts.cgroup()));
  return options;
}

Result<std::optional<UserRemap>> ReadUserRemap(const spec::HostConfig& host) {
  if (host.user_remap().empty()) {
    return std::optional<UserRemap>();
  }
  if (host.security().privileged()) {
    return InvalidArgument(
        "--privileged and --user-remap exclude one another: in a user namespace nobody has rights "
        "over the host");
  }
  ASSIGN_OR_RETURN(const UserRemap remap, ParseUserRemap(host.user_remap()));
  return std::optional<UserRemap>(remap);
}

Result<RestartPolicy> ReadRestart(const spec::HostConfig& host) {
  ASSIGN_OR_RETURN(const RestartPolicy policy, ParseRestartPolicy(host.restart_policy()));
  if (host.auto_remove() && policy.rule != RestartRule::kNo) {
    return InvalidArgument(
        "--rm and --restart exclude one another: removed at its end, or started again");
  }
  return policy;
}

Result<KeyValues> ReadKeyValues(const char* flag, const spec::Texts& texts) {
  Result<KeyValues> pairs = ParseKeyValues({texts.begin(), texts.end()});
  if (!pairs) {
    return std::move(pairs).error().AddContext(flag);
  }
  return pairs;
}

Result<KeyValues> ReadAnnotations(const spec::Texts& texts) {
  ASSIGN_OR_RETURN(KeyValues annotations, ReadKeyValues("--annotation", texts));
  for (const auto& [key, value] : annotations) {
    RETURN_IF_ERROR(CheckAnnotation(key));
  }
  return annotations;
}

Result<std::vector<host_channel::HostChannel>> ReadChannels(const spec::HostConfig& host,
                                                            uint64_t page_size) {
  std::vector<host_channel::HostChannel> channels;
  for (const std::string& text : host.host_channels()) {
    ASSIGN_OR_RETURN(host_channel::HostChannel channel, host_channel::Parse(text, page_size));
    channels.push_back(std::move(channel));
  }
  return channels;
}

Status CleanCgroupParent(spec::HostConfig& host) {
  if (host.cgroup_parent().empty()) {
    return OkStatus();
  }
  Result<std::string> parent = CleanAbsolutePath(host.cgroup_parent());
  if (!parent) {
    return InvalidArgument("cgroup parent " + Quote(host.cgroup_parent()) + " " +
                           parent.error().message());
  }
  if (*parent == "/") {
    return InvalidArgument("cgroup parent \"/\" is the host's own");
  }
  host.set_cgroup_parent(*std::move(parent));
  return OkStatus();
}

// A file is bind-mounted there, over that of the rootfs.
Status CleanEnvTargetFile(spec::HostConfig& host) {
  const std::string text = host.env_target_file();
  if (text.empty()) {
    return OkStatus();
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
  host.set_env_target_file(*std::move(path));
  return OkStatus();
}

Status CheckLimitTexts(const spec::ResourceLimits& limits) {
  RETURN_IF_ERROR(spec::DeviceRatesOf(limits));
  RETURN_IF_ERROR(spec::HugetlbLimitsOf(limits));
  return OkStatus();
}

}  // namespace

Result<ContainerConfig> ReadSpec(spec::ContainerSpec spec, uint64_t page_size) {
  ContainerConfig config;
  spec::HostConfig& host = *spec.mutable_host();
  RETURN_IF_ERROR(spec::ValidateProcess(spec.process()));
  RETURN_IF_ERROR(CheckHostname(spec.process().hostname()));
  RETURN_IF_ERROR(CheckLimitTexts(host.limits()));
  RETURN_IF_ERROR(CleanCgroupParent(host));
  RETURN_IF_ERROR(CleanEnvTargetFile(host));
  ASSIGN_OR_RETURN(config.stop_signal, ReadStopSignal(spec));
  ASSIGN_OR_RETURN(config.security, ReadSecurity(host.security()));
  ASSIGN_OR_RETURN(config.namespaces, ReadNamespaces(host.namespaces()));
  ASSIGN_OR_RETURN(config.user_remap, ReadUserRemap(host));
  ASSIGN_OR_RETURN(config.restart, ReadRestart(host));
  host.set_restart_policy(FormatRestartPolicy(config.restart));
  ASSIGN_OR_RETURN(config.volumes, ReadVolumes(host.volumes()));
  ASSIGN_OR_RETURN(config.files, ReadFiles(host.files(), page_size));
  if (host.files().has_shm_size()) {
    host.mutable_files()->set_shm_size(static_cast<int64_t>(config.files.shm_size));
  }
  ASSIGN_OR_RETURN(config.channels, ReadChannels(host, page_size));
  ASSIGN_OR_RETURN(config.log,
                   logs::ParseLogOptions(host.log_driver(),
                                         {host.log_options().begin(), host.log_options().end()}));
  ASSIGN_OR_RETURN(config.labels, ReadKeyValues("--label", host.labels()));
  ASSIGN_OR_RETURN(config.annotations, ReadAnnotations(host.annotations()));
  ASSIGN_OR_RETURN(config.hooks, spec::ParseHooks(host.hook_spec()));
  ASSIGN_OR_RETURN(config.health, ReadHealth(host.health()));
  config.spec = std::move(spec);
  return config;
}

}  // namespace isulad::container
