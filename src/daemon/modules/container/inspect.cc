#include "daemon/modules/container/inspect.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "daemon/modules/container/health_json.h"
#include "daemon/modules/container/inspect_options.h"
#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/stop_signal.h"
#include "utils/base/byte_size.h"
#include "utils/base/signals.h"

namespace isulad::container {
namespace {

using host_channel::ChannelState;

std::vector<std::string> Strings(const spec::Texts& texts) { return {texts.begin(), texts.end()}; }

json::Value KeyValuesToJson(const KeyValues& pairs) {
  json::Object object;
  for (const auto& [key, value] : pairs) {
    object.Set(key, value);
  }
  return object;
}

std::vector<std::string> OwnerIds(const ChannelState& channel) {
  std::vector<std::string> ids;
  for (const host_channel::OwnerEntry& entry : channel.owners) {
    ids.push_back(entry.owner.id);
  }
  return ids;
}

json::Object StateToJson(const State& state, const std::vector<ChannelState>& channels) {
  json::Object object;
  object.Set("Status", PhaseName(state.phase));
  object.Set("Running", IsUp(state.phase));
  object.Set("Paused", state.phase == Phase::kPaused);
  object.Set("Restarting", state.phase == Phase::kRestarting);
  object.Set("OOMKilled", state.oom_killed);
  object.Set("Pid", state.pid);
  object.Set("ExitCode", state.exit_code);
  object.Set("Error", state.error);
  object.Set("StartedAt", FormatTimestamp(state.started_at));
  object.Set("FinishedAt", FormatTimestamp(state.finished_at));
  json::Array states;
  for (const ChannelState& channel : channels) {
    json::Object entry;
    entry.Set("Id", channel.id);
    entry.Set("Mounted", channel.mounted);
    entry.Set("Used", channel.used);
    entry.Set("Free", channel.free);
    entry.Set("Inodes", channel.inodes);
    entry.Set("InodesUsed", channel.inodes_used);
    entry.Set("SharedBy", OwnerIds(channel));
    states.emplace_back(std::move(entry));
  }
  object.Set("HostChannels", std::move(states));
  return object;
}

json::Value ChannelToJson(const ChannelState& state) {
  json::Object object;
  object.Set("Id", state.id);
  object.Set("PathOnHost", state.channel.host_path);
  object.Set("PathInContainer", state.channel.container_path);
  object.Set("Permissions", host_channel::AccessName(state.channel.access));
  object.Set("Size", state.channel.size);
  object.Set("Options", host_channel::FormatOptions(state.channel.options));
  return object;
}

std::vector<std::string> BindTexts(const ContainerConfig& config) {
  std::vector<std::string> binds;
  for (const spec::BindMount& volume : config.volumes) {
    binds.push_back(volume.source + ":" + volume.target + (volume.read_only ? ":ro" : ":rw") + "," +
                    volume.propagation);
  }
  return binds;
}

json::Value LogConfigToJson(const logs::LogOptions& log) {
  json::Object options;
  if (log.max_bytes != 0) {
    options.Set("max-size", FormatByteSize(log.max_bytes));
    options.Set("max-file", std::to_string(log.max_files));
  }
  json::Object object;
  object.Set("Type", logs::DriverName(log.driver));
  object.Set("Config", std::move(options));
  return object;
}

json::Value RestartPolicyToJson(const RestartPolicy& policy) {
  json::Object object;
  object.Set("Name", RestartRuleName(policy.rule));
  object.Set("MaximumRetryCount", policy.max_retries);
  return object;
}

json::Value HostConfigToJson(const Context& context, const ContainerConfig& config,
                             const std::vector<ChannelState>& channels) {
  const spec::HostConfig& host = config.host();
  json::Object object;
  object.Set("Binds", BindTexts(config));
  AddFiles(config.files, object);
  object.Set("ShmSize", SharedMemorySize(config));
  object.Set("SystemContainer", host.system_container());
  object.Set("ExternalRootfs", host.external_rootfs());
  object.Set("RootfsOverlay", host.rootfs_overlay());
  object.Set("ReadonlyRootfs", host.read_only_rootfs());
  AddSecurity(config.security, object);
  AddNamespaces(config.namespaces, object);
  object.Set("UserRemap", config.user_remap ? FormatUserRemap(*config.user_remap) : std::string());
  object.Set("AutoRemove", host.auto_remove());
  object.Set("RestartPolicy", RestartPolicyToJson(config.restart));
  object.Set("Runtime", host.runtime());
  object.Set("CgroupParent",
             host.cgroup_parent().empty() ? context.settings.cgroup_parent : host.cgroup_parent());
  object.Set("EnvTargetFile", host.env_target_file());
  object.Set("Hooks", spec::HooksToJson(config.hooks));
  AddResources(config.limits(), object);
  object.Set("GroupAdd", Strings(config.process().group_add()));
  object.Set("HostChannelAddMemory", host.host_channel_add_memory());
  object.Set("HostChannelMemory", AddedMemory(config));
  object.Set("LogConfig", LogConfigToJson(config.log));
  json::Array array;
  for (const ChannelState& channel : channels) {
    array.push_back(ChannelToJson(channel));
  }
  if (!array.empty()) {
    object.Set("HostChannel", array.front());
  }
  object.Set("HostChannels", std::move(array));
  return object;
}

json::Value ConfigToJson(const ContainerConfig& config) {
  const spec::ProcessConfig& process = config.process();
  json::Object object;
  object.Set("Hostname", process.hostname());
  object.Set("User", process.user());
  object.Set("Tty", process.terminal());
  object.Set("OpenStdin", process.open_stdin());
  object.Set("StdinOnce", process.stdin_once());
  object.Set("Env", Strings(process.env()));
  object.Set("Entrypoint", process.entrypoint().empty()
                               ? std::vector<std::string>()
                               : std::vector<std::string>{process.entrypoint()});
  object.Set("Cmd", Strings(process.args()));
  object.Set("WorkingDir", process.workdir());
  object.Set("Labels", KeyValuesToJson(config.labels));
  object.Set("Annotations", KeyValuesToJson(config.annotations));
  if (json::Value check = HealthOptionsToJson(config.health); !check.IsNull()) {
    object.Set("Healthcheck", std::move(check));
  }
  object.Set("StopSignal", config.stop_signal == kStopSignalOfInit
                               ? std::string()
                               : SignalName(config.stop_signal));
  object.Set("Image", config.spec.image());
  return object;
}

json::Value MountToJson(std::string_view type, const std::string& source,
                        const std::string& destination, bool writable,
                        const std::string& propagation) {
  json::Object object;
  object.Set("Type", type);
  object.Set("Source", source);
  object.Set("Destination", destination);
  object.Set("RW", writable);
  object.Set("Propagation", propagation);
  return object;
}

json::Value MountsToJson(const ContainerConfig& config, const std::vector<ChannelState>& channels) {
  json::Array mounts;
  for (const spec::BindMount& bind : BindsOf(config)) {
    mounts.push_back(
        MountToJson("bind", bind.source, bind.target, !bind.read_only, bind.propagation));
  }
  for (const spec::Tmpfs& tmpfs : spec::TmpfsOf(config.files)) {
    mounts.push_back(MountToJson("tmpfs", "", tmpfs.target, !tmpfs.read_only, ""));
  }
  for (const ChannelState& channel : channels) {
    mounts.push_back(
        MountToJson("host-channel", channel.channel.host_path, channel.channel.container_path,
                    channel.channel.access == host_channel::Access::kReadWrite, "rprivate"));
  }
  return mounts;
}

// No network is set up for the container: its own network namespace has a loopback device only.
json::Value NetworkToJson() {
  json::Object object;
  object.Set("Networks", json::Object());
  object.Set("IPAddress", "");
  return object;
}

}  // namespace

Result<json::Value> Inspect(const Context& context, const Container& container) {
  const ContainerConfig config = container.CurrentConfig();
  ASSIGN_OR_RETURN(const std::vector<ChannelState> channels,
                   context.modules.channels->Describe(config.id));
  const std::string directory = context.modules.store->DirectoryOf(config.id) + "/";
  const State state = container.state();
  json::Object object;
  object.Set("Id", config.id);
  object.Set("Created", FormatTimestamp(config.created));
  const std::vector<std::string> command = spec::CommandOf(config.process());
  object.Set("Path", command.front());
  object.Set("Args", std::vector<std::string>(command.begin() + 1, command.end()));
  json::Object shown_state = StateToJson(state, channels);
  if (!config.health.command.empty()) {
    shown_state.Set("Health", HealthToJson(container.health()));
  }
  object.Set("State", std::move(shown_state));
  object.Set("Image", config.spec.image());
  const std::string names = DirectoryOfNames(*context.modules.store, config) + "/";
  object.Set("HostnamePath", names + kGeneratedFiles[0].name);
  object.Set("HostsPath", names + kGeneratedFiles[1].name);
  object.Set("ResolvConfPath", names + kGeneratedFiles[2].name);
  object.Set("LogPath",
             config.log.driver == logs::Driver::kNone ? std::string() : directory + "log.json");
  object.Set("Name", config.name);
  object.Set("RestartCount", state.restart.count);
  object.Set("HostConfig", HostConfigToJson(context, config, channels));
  object.Set("Mounts", MountsToJson(config, channels));
  object.Set("Config", ConfigToJson(config));
  object.Set("NetworkSettings", NetworkToJson());
  return json::Value(std::move(object));
}

}  // namespace isulad::container
