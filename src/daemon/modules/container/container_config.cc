#include "daemon/modules/container/container_config.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "daemon/modules/container/files_json.h"
#include "daemon/modules/container/health_json.h"
#include "daemon/modules/container/namespaces_json.h"
#include "daemon/modules/container/resources_json.h"
#include "daemon/modules/container/security_json.h"
#include "utils/base/clean_path.h"
#include "utils/base/ids.h"
#include "utils/json/reader.h"

namespace isulad::container {
namespace {

constexpr int64_t kConfigVersion = 1;

json::Value VolumesToJson(const std::vector<spec::BindMount>& volumes) {
  json::Array array;
  for (const spec::BindMount& volume : volumes) {
    json::Object object;
    object.Set("Source", volume.source);
    object.Set("Target", volume.target);
    object.Set("ReadOnly", volume.read_only);
    object.Set("Propagation", volume.propagation);
    array.emplace_back(std::move(object));
  }
  return array;
}

Result<std::vector<spec::BindMount>> VolumesFromJson(const json::Reader& reader) {
  std::vector<spec::BindMount> volumes;
  ASSIGN_OR_RETURN(const std::vector<json::Reader> children, reader.Children("Volumes"));
  for (const json::Reader& child : children) {
    spec::BindMount volume;
    ASSIGN_OR_RETURN(volume.source, child.String("Source"));
    ASSIGN_OR_RETURN(volume.target, child.String("Target"));
    ASSIGN_OR_RETURN(volume.read_only, child.Bool("ReadOnly"));
    ASSIGN_OR_RETURN(volume.propagation, child.String("Propagation"));
    volumes.push_back(std::move(volume));
  }
  return volumes;
}

json::Value ChannelsToJson(const std::vector<host_channel::HostChannel>& channels) {
  std::vector<std::string> texts;
  texts.reserve(channels.size());
  for (const host_channel::HostChannel& channel : channels) {
    texts.push_back(host_channel::Format(channel));
  }
  return texts;
}

Result<std::vector<host_channel::HostChannel>> ChannelsFromJson(const json::Reader& reader) {
  std::vector<host_channel::HostChannel> channels;
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, reader.Strings("HostChannels"));
  for (const std::string& text : texts) {
    // Sizes were rounded to whole pages when they were written.
    ASSIGN_OR_RETURN(host_channel::HostChannel channel,
                     host_channel::Parse(text, host_channel::kMinimumSize));
    channels.push_back(std::move(channel));
  }
  return channels;
}

json::Value LogToJson(const logs::LogOptions& log) {
  json::Object object;
  object.Set("Driver", logs::DriverName(log.driver));
  object.Set("MaxSize", log.max_bytes);
  object.Set("MaxFile", log.max_files);
  return object;
}

Result<logs::LogOptions> LogFromJson(const json::Reader& host) {
  logs::LogOptions log;
  if (!host.Has("Log")) {
    return log;  // written before there was a choice
  }
  ASSIGN_OR_RETURN(const json::Reader reader, host.Child("Log"));
  ASSIGN_OR_RETURN(const std::string driver, reader.String("Driver"));
  ASSIGN_OR_RETURN(log.max_bytes, reader.Uint64("MaxSize"));
  ASSIGN_OR_RETURN(const uint64_t files, reader.Uint64("MaxFile"));
  log.max_files = static_cast<uint32_t>(std::min<uint64_t>(files, logs::kMaxFiles + 1));
  const Result<logs::Driver> known = logs::ParseDriver(driver);
  if (!known) {
    return host.Fault("Log.Driver", known.error().message());
  }
  log.driver = *known;
  if (const Status valid = logs::ValidateLogOptions(log); !valid) {
    return host.Fault("Log", valid.error().message());
  }
  return log;
}

Result<RestartPolicy> RestartPolicyFromJson(const json::Reader& host) {
  if (!host.Has("RestartPolicy")) {
    return RestartPolicy{};  // written before there was a choice
  }
  ASSIGN_OR_RETURN(const std::string text, host.String("RestartPolicy"));
  Result<RestartPolicy> policy = ParseRestartPolicy(text);
  return policy ? policy : host.Fault("RestartPolicy", policy.error().message());
}

Result<std::optional<UserRemap>> RemapFromJson(const json::Reader& host) {
  if (!host.Has("UserRemap")) {
    return std::optional<UserRemap>();  // written before there was a choice
  }
  ASSIGN_OR_RETURN(const std::string text, host.String("UserRemap"));
  if (text.empty()) {
    return std::optional<UserRemap>();
  }
  const Result<UserRemap> remap = ParseUserRemap(text);
  if (!remap) {
    return host.Fault("UserRemap", remap.error().message());
  }
  return std::optional<UserRemap>(*remap);
}

Result<KeyValues> KeyValuesFromJson(const json::Reader& reader, const char* key) {
  KeyValues pairs;
  if (!reader.Has(key)) {
    return pairs;  // written before there were any
  }
  ASSIGN_OR_RETURN(const json::Reader child, reader.Child(key));
  for (const json::Member& member : child.value().AsObject()->members()) {
    ASSIGN_OR_RETURN(std::string value, child.String(member.first));
    pairs.emplace_back(member.first, std::move(value));
  }
  return pairs;
}

// It becomes a path below each hierarchy.
Result<std::string> CgroupParentFromJson(const json::Reader& host) {
  ASSIGN_OR_RETURN(std::string parent, host.StringOr("CgroupParent", ""));
  if (!parent.empty()) {
    const Result<std::string> clean = CleanAbsolutePath(parent);
    if (!clean || *clean != parent || parent == "/") {
      return host.Fault("CgroupParent", "is no cgroup");
    }
  }
  return parent;
}

Result<spec::Hooks> HooksFromJson(const json::Reader& host) {
  if (!host.Has("Hooks")) {
    return spec::Hooks{};  // written before there were any
  }
  ASSIGN_OR_RETURN(const json::Reader child, host.Child("Hooks"));
  Result<spec::Hooks> hooks = spec::HooksFromJson(child.value(), "Hooks");
  return hooks ? hooks : host.Fault("Hooks", hooks.error().message());
}

Status ReadProcess(const json::Reader& reader, ContainerConfig& config) {
  ASSIGN_OR_RETURN(config.process.args, reader.Strings("Args"));
  if (config.process.args.empty()) {
    return reader.Fault("Args", "must not be empty");
  }
  ASSIGN_OR_RETURN(config.entrypoint, reader.StringOr("Entrypoint", ""));
  if (!config.entrypoint.empty() && config.entrypoint != config.process.args.front()) {
    return reader.Fault("Entrypoint", "is not the first of \"Args\"");
  }
  ASSIGN_OR_RETURN(config.process.env, reader.Strings("Env"));
  ASSIGN_OR_RETURN(config.process.user, reader.String("User"));
  ASSIGN_OR_RETURN(config.process.group_add, reader.Strings("GroupAdd"));
  ASSIGN_OR_RETURN(config.process.workdir, reader.String("WorkingDir"));
  ASSIGN_OR_RETURN(config.process.terminal, reader.Bool("Tty"));
  ASSIGN_OR_RETURN(config.hostname, reader.String("Hostname"));
  ASSIGN_OR_RETURN(config.open_stdin, reader.Bool("OpenStdin"));
  ASSIGN_OR_RETURN(config.stdin_once, reader.Bool("StdinOnce"));
  ASSIGN_OR_RETURN(config.stop_signal, reader.Int32("StopSignal", 0, SIGRTMAX));
  ASSIGN_OR_RETURN(config.labels, KeyValuesFromJson(reader, "Labels"));
  ASSIGN_OR_RETURN(config.annotations, KeyValuesFromJson(reader, "Annotations"));
  ASSIGN_OR_RETURN(config.health, HealthOptionsFromJson(reader));
  return OkStatus();
}

Status ReadHost(const json::Reader& reader, ContainerConfig& config) {
  ASSIGN_OR_RETURN(config.system_container, reader.Bool("SystemContainer"));
  ASSIGN_OR_RETURN(config.rootfs, reader.String("Rootfs"));
  if (reader.Has("RootfsOverlay")) {  // else written before there was a choice
    ASSIGN_OR_RETURN(config.rootfs_overlay, reader.Bool("RootfsOverlay"));
  }
  ASSIGN_OR_RETURN(config.read_only_rootfs, reader.Bool("ReadonlyRootfs"));
  ASSIGN_OR_RETURN(config.security, SecurityFromJson(reader));
  ASSIGN_OR_RETURN(config.namespaces, NamespacesFromJson(reader));
  ASSIGN_OR_RETURN(config.user_remap, RemapFromJson(reader));
  ASSIGN_OR_RETURN(config.auto_remove, reader.Bool("AutoRemove"));
  ASSIGN_OR_RETURN(config.restart, RestartPolicyFromJson(reader));
  ASSIGN_OR_RETURN(config.runtime, reader.String("Runtime"));
  ASSIGN_OR_RETURN(config.resources, ResourcesFromJson(reader));
  ASSIGN_OR_RETURN(config.volumes, VolumesFromJson(reader));
  ASSIGN_OR_RETURN(config.files, FilesFromJson(reader));
  ASSIGN_OR_RETURN(config.channels, ChannelsFromJson(reader));
  ASSIGN_OR_RETURN(config.host_channel_add_memory, reader.Bool("HostChannelAddMemory"));
  ASSIGN_OR_RETURN(config.log, LogFromJson(reader));
  ASSIGN_OR_RETURN(config.cgroup_parent, CgroupParentFromJson(reader));
  ASSIGN_OR_RETURN(config.hooks, HooksFromJson(reader));
  ASSIGN_OR_RETURN(config.env_target_file, reader.StringOr("EnvTargetFile", ""));
  return OkStatus();
}

}  // namespace

json::Value KeyValuesToJson(const KeyValues& pairs) {
  json::Object object;
  for (const auto& [key, value] : pairs) {
    object.Set(key, value);
  }
  return object;
}

uint64_t AddedMemory(const ContainerConfig& config) {
  uint64_t added = 0;
  if (config.host_channel_add_memory) {
    for (const host_channel::HostChannel& channel : config.channels) {
      added += channel.access == host_channel::Access::kReadWrite ? channel.size : 0;
    }
  }
  return added;
}

std::vector<spec::BindMount> BindsOf(const ContainerConfig& config) {
  std::vector<spec::BindMount> binds = config.volumes;
  for (spec::BindMount& bind : spec::BindsOf(config.files)) {
    binds.push_back(std::move(bind));
  }
  return binds;
}

spec::ProcessOptions ExecProcess(const ContainerConfig& config, spec::ProcessOptions asked) {
  if (asked.user.empty()) {
    asked.user = config.process.user;
  }
  if (asked.workdir.empty()) {
    asked.workdir = config.process.workdir;
  }
  asked.group_add = config.process.group_add;
  return asked;
}

json::Value ToJson(const ContainerConfig& config) {
  json::Object process;
  process.Set("Args", config.process.args);
  process.Set("Entrypoint", config.entrypoint);
  process.Set("Env", config.process.env);
  process.Set("User", config.process.user);
  process.Set("GroupAdd", config.process.group_add);
  process.Set("WorkingDir", config.process.workdir);
  process.Set("Tty", config.process.terminal);
  process.Set("Hostname", config.hostname);
  process.Set("OpenStdin", config.open_stdin);
  process.Set("StdinOnce", config.stdin_once);
  process.Set("StopSignal", config.stop_signal);
  process.Set("Labels", KeyValuesToJson(config.labels));
  process.Set("Annotations", KeyValuesToJson(config.annotations));
  process.Set("Healthcheck", HealthOptionsToJson(config.health));

  json::Object host;
  host.Set("SystemContainer", config.system_container);
  host.Set("Rootfs", config.rootfs);
  host.Set("RootfsOverlay", config.rootfs_overlay);
  host.Set("ReadonlyRootfs", config.read_only_rootfs);
  AddSecurityToJson(config.security, host);
  AddNamespacesToJson(config.namespaces, host);
  host.Set("UserRemap", config.user_remap ? FormatUserRemap(*config.user_remap) : std::string());
  host.Set("AutoRemove", config.auto_remove);
  host.Set("RestartPolicy", FormatRestartPolicy(config.restart));
  host.Set("Runtime", config.runtime);
  AddResourcesToJson(config.resources, host);
  host.Set("Volumes", VolumesToJson(config.volumes));
  AddFilesToJson(config.files, host);
  host.Set("HostChannels", ChannelsToJson(config.channels));
  host.Set("HostChannelAddMemory", config.host_channel_add_memory);
  host.Set("Log", LogToJson(config.log));
  host.Set("CgroupParent", config.cgroup_parent);
  host.Set("EnvTargetFile", config.env_target_file);
  host.Set("Hooks", spec::HooksToJson(config.hooks));

  json::Object object;
  object.Set("Version", kConfigVersion);
  object.Set("Id", config.id);
  object.Set("Name", config.name);
  object.Set("Image", config.image);
  object.Set("Created", config.created.nanoseconds);
  object.Set("Process", std::move(process));
  object.Set("Host", std::move(host));
  return object;
}

Result<ContainerConfig> ConfigFromJson(const json::Value& value) {
  const json::Reader reader(value, "config.json");
  ASSIGN_OR_RETURN(const int64_t version, reader.Int64("Version"));
  if (version != kConfigVersion) {
    return reader.Fault("Version", "is not one that this program reads");
  }
  ContainerConfig config;
  ASSIGN_OR_RETURN(config.id, reader.String("Id"));
  ASSIGN_OR_RETURN(config.name, reader.String("Name"));
  if (!IsValidId(config.id) || !IsValidName(config.name)) {
    return reader.Fault("Id", "or \"Name\" has not the form of one");
  }
  ASSIGN_OR_RETURN(config.image, reader.String("Image"));
  ASSIGN_OR_RETURN(config.created.nanoseconds, reader.Int64("Created"));
  ASSIGN_OR_RETURN(const json::Reader process, reader.Child("Process"));
  RETURN_IF_ERROR(ReadProcess(process, config));
  ASSIGN_OR_RETURN(const json::Reader host, reader.Child("Host"));
  RETURN_IF_ERROR(ReadHost(host, config));
  return config;
}

}  // namespace isulad::container
