#include "daemon/modules/container/container_config.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

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

Status ReadProcess(const json::Reader& reader, ContainerConfig& config) {
  ASSIGN_OR_RETURN(config.process.args, reader.Strings("Args"));
  if (config.process.args.empty()) {
    return reader.Fault("Args", "must not be empty");
  }
  ASSIGN_OR_RETURN(config.process.env, reader.Strings("Env"));
  ASSIGN_OR_RETURN(config.process.user, reader.String("User"));
  ASSIGN_OR_RETURN(config.process.workdir, reader.String("WorkingDir"));
  ASSIGN_OR_RETURN(config.process.terminal, reader.Bool("Tty"));
  ASSIGN_OR_RETURN(config.hostname, reader.String("Hostname"));
  ASSIGN_OR_RETURN(config.open_stdin, reader.Bool("OpenStdin"));
  ASSIGN_OR_RETURN(config.stdin_once, reader.Bool("StdinOnce"));
  ASSIGN_OR_RETURN(const int64_t stop_signal, reader.Int64("StopSignal"));
  config.stop_signal = static_cast<int>(stop_signal);
  return OkStatus();
}

Status ReadHost(const json::Reader& reader, ContainerConfig& config) {
  ASSIGN_OR_RETURN(config.system_container, reader.Bool("SystemContainer"));
  ASSIGN_OR_RETURN(config.rootfs, reader.String("Rootfs"));
  ASSIGN_OR_RETURN(config.read_only_rootfs, reader.Bool("ReadonlyRootfs"));
  ASSIGN_OR_RETURN(config.auto_remove, reader.Bool("AutoRemove"));
  ASSIGN_OR_RETURN(config.runtime, reader.String("Runtime"));
  ASSIGN_OR_RETURN(config.resources.memory, reader.Int64("Memory"));
  ASSIGN_OR_RETURN(config.resources.memory_swap, reader.Int64("MemorySwap"));
  ASSIGN_OR_RETURN(config.resources.nano_cpus, reader.Int64("NanoCpus"));
  ASSIGN_OR_RETURN(config.resources.pids_limit, reader.Int64("PidsLimit"));
  ASSIGN_OR_RETURN(config.volumes, VolumesFromJson(reader));
  ASSIGN_OR_RETURN(config.channels, ChannelsFromJson(reader));
  ASSIGN_OR_RETURN(config.host_channel_add_memory, reader.Bool("HostChannelAddMemory"));
  ASSIGN_OR_RETURN(config.log, LogFromJson(reader));
  return OkStatus();
}

}  // namespace

uint64_t AddedMemory(const ContainerConfig& config) {
  uint64_t added = 0;
  if (config.host_channel_add_memory) {
    for (const host_channel::HostChannel& channel : config.channels) {
      added += channel.access == host_channel::Access::kReadWrite ? channel.size : 0;
    }
  }
  return added;
}

spec::ProcessOptions ExecProcess(const ContainerConfig& config, spec::ProcessOptions asked) {
  if (asked.user.empty()) {
    asked.user = config.process.user;
  }
  if (asked.workdir.empty()) {
    asked.workdir = config.process.workdir;
  }
  return asked;
}

json::Value ToJson(const ContainerConfig& config) {
  json::Object process;
  process.Set("Args", config.process.args);
  process.Set("Env", config.process.env);
  process.Set("User", config.process.user);
  process.Set("WorkingDir", config.process.workdir);
  process.Set("Tty", config.process.terminal);
  process.Set("Hostname", config.hostname);
  process.Set("OpenStdin", config.open_stdin);
  process.Set("StdinOnce", config.stdin_once);
  process.Set("StopSignal", config.stop_signal);

  json::Object host;
  host.Set("SystemContainer", config.system_container);
  host.Set("Rootfs", config.rootfs);
  host.Set("ReadonlyRootfs", config.read_only_rootfs);
  host.Set("AutoRemove", config.auto_remove);
  host.Set("Runtime", config.runtime);
  host.Set("Memory", config.resources.memory);
  host.Set("MemorySwap", config.resources.memory_swap);
  host.Set("NanoCpus", config.resources.nano_cpus);
  host.Set("PidsLimit", config.resources.pids_limit);
  host.Set("Volumes", VolumesToJson(config.volumes));
  host.Set("HostChannels", ChannelsToJson(config.channels));
  host.Set("HostChannelAddMemory", config.host_channel_add_memory);
  host.Set("Log", LogToJson(config.log));

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
