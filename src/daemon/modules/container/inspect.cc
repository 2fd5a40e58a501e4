#include "daemon/modules/container/inspect.h"

#include <string>
#include <utility>
#include <vector>

#include "daemon/modules/container/generated_files.h"
#include "utils/base/byte_size.h"
#include "utils/base/signals.h"

namespace isulad::container {
namespace {

using host_channel::ChannelState;

json::Value StateToJson(const State& state, const std::vector<ChannelState>& channels) {
  json::Object object;
  object.Set("Status", PhaseName(state.phase));
  object.Set("Running", state.phase == Phase::kRunning);
  object.Set("Paused", false);
  object.Set("Restarting", false);
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
    entry.Set("SharedBy", channel.shared_by);
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
  object.Set("Options", host_channel::OptionNames(state.channel));
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

json::Value HostConfigToJson(const Context& context, const ContainerConfig& config,
                             const std::vector<ChannelState>& channels) {
  json::Object object;
  object.Set("Binds", BindTexts(config));
  object.Set("SystemContainer", config.system_container);
  object.Set("ExternalRootfs", config.rootfs);
  object.Set("ReadonlyRootfs", config.read_only_rootfs);
  object.Set("AutoRemove", config.auto_remove);
  object.Set("Runtime", config.runtime);
  object.Set("CgroupParent", context.settings.cgroup_parent);
  object.Set("Memory", config.resources.memory);
  object.Set("MemorySwap", config.resources.memory_swap);
  object.Set("NanoCpus", config.resources.nano_cpus);
  object.Set("PidsLimit", config.resources.pids_limit);
  object.Set("HostChannelAddMemory", config.host_channel_add_memory);
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
  json::Object object;
  object.Set("Hostname", config.hostname);
  object.Set("User", config.process.user);
  object.Set("Tty", config.process.terminal);
  object.Set("OpenStdin", config.open_stdin);
  object.Set("StdinOnce", config.stdin_once);
  object.Set("Env", config.process.env);
  object.Set("Cmd", config.process.args);
  object.Set("WorkingDir", config.process.workdir);
  object.Set("StopSignal", SignalName(config.stop_signal));
  object.Set("Image", config.image);
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
  for (const spec::BindMount& volume : config.volumes) {
    mounts.push_back(
        MountToJson("bind", volume.source, volume.target, !volume.read_only, volume.propagation));
  }
  for (const ChannelState& channel : channels) {
    mounts.push_back(
        MountToJson("host-channel", channel.channel.host_path, channel.channel.container_path,
                    channel.channel.access == host_channel::Access::kReadWrite, "rprivate"));
  }
  return mounts;
}

// The container has a network namespace of its own with nothing but a loopback device.
json::Value NetworkToJson() {
  json::Object object;
  object.Set("Networks", json::Object());
  object.Set("IPAddress", "");
  return object;
}

}  // namespace

Result<json::Value> Inspect(const Context& context, const Container& container) {
  const ContainerConfig& config = container.config();
  ASSIGN_OR_RETURN(const std::vector<ChannelState> channels,
                   context.modules.channels->Describe(config.id));
  const std::string directory = context.modules.store->DirectoryOf(config.id) + "/";
  json::Object object;
  object.Set("Id", config.id);
  object.Set("Created", FormatTimestamp(config.created));
  object.Set("Path", config.process.args.front());
  object.Set("Args",
             std::vector<std::string>(config.process.args.begin() + 1, config.process.args.end()));
  object.Set("State", StateToJson(container.state(), channels));
  object.Set("Image", config.image);
  object.Set("HostnamePath", directory + kGeneratedFiles[0].name);
  object.Set("HostsPath", directory + kGeneratedFiles[1].name);
  object.Set("ResolvConfPath", directory + kGeneratedFiles[2].name);
  object.Set("LogPath",
             config.log.driver == logs::Driver::kNone ? std::string() : directory + "log.json");
  object.Set("Name", config.name);
  object.Set("RestartCount", 0);
  object.Set("HostConfig", HostConfigToJson(context, config, channels));
  object.Set("Mounts", MountsToJson(config, channels));
  object.Set("Config", ConfigToJson(config));
  object.Set("NetworkSettings", NetworkToJson());
  return json::Value(std::move(object));
}

}  // namespace isulad::container
