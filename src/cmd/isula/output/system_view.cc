#include "cmd/isula/output/system_view.h"

#include <string_view>

#include "cmd/isula/output/human_size.h"
#include "utils/base/strings.h"

namespace isulad::output {
namespace {

void Append(std::string& text, std::string_view key, std::string_view value) {
  text.append(key).append(": ").append(value).append("\n");
}

std::string YesNo(bool value) { return value ? "yes" : "no"; }

void AppendContainers(std::string& text, const client::SystemInfo& info) {
  Append(text, "Containers", std::to_string(info.containers));
  Append(text, " Running", std::to_string(info.running));
  Append(text, " Paused", std::to_string(info.paused));
  Append(text, " Stopped", std::to_string(info.stopped));
}

void AppendDaemon(std::string& text, const client::SystemInfo& info) {
  Append(text, "Server Version", info.server_version);
  Append(text, "Logging Driver", info.log_driver);
  Append(text, "Cgroup Layout", info.cgroup_layout);
  Append(text, "Swap Accounting", YesNo(info.swap_accounting));
  Append(text, "Seccomp", YesNo(info.seccomp));
  Append(text, "Runtimes", Join(info.runtimes, " "));
  Append(text, "Default Runtime", info.default_runtime);
  Append(text, "iSulad Root Dir", info.root_directory);
  Append(text, "iSulad State Dir", info.state_directory);
  Append(text, "Host Channels", std::to_string(info.host_channels));
  Append(text, "Host Channels Reserved", HumanSize(info.host_channel_reserved));
  Append(text, "Host Channels Max", HumanSize(info.host_channel_max));
  Append(text, "Host Mount Namespace", YesNo(info.host_mount_namespace));
}

void AppendMachine(std::string& text, const client::SystemInfo& info) {
  Append(text, "Name", info.name);
  Append(text, "Kernel Version", info.kernel_version);
  Append(text, "Operating System", info.operating_system);
  Append(text, "Architecture", info.architecture);
  Append(text, "CPUs", std::to_string(info.cpus));
  Append(text, "Total Memory", HumanSize(info.memory_total));
}

json::Array Array(const std::vector<std::string>& texts) {
  return json::Array(texts.begin(), texts.end());
}

std::string VersionLine(std::string_view key, std::string_view value) {
  std::string line = "  ";
  line.append(key).append(":");
  line.resize(16, ' ');
  return line.append(value).append("\n");
}

}  // namespace

std::string InfoText(const client::SystemInfo& info) {
  std::string text;
  AppendContainers(text, info);
  AppendDaemon(text, info);
  AppendMachine(text, info);
  return text;
}

json::Object InfoFields(const client::SystemInfo& info) {
  json::Object fields;
  fields.Set("Containers", info.containers);
  fields.Set("ContainersRunning", info.running);
  fields.Set("ContainersPaused", info.paused);
  fields.Set("ContainersStopped", info.stopped);
  fields.Set("ServerVersion", info.server_version);
  fields.Set("LoggingDriver", info.log_driver);
  fields.Set("CgroupLayout", info.cgroup_layout);
  fields.Set("SwapLimit", info.swap_accounting);
  fields.Set("Seccomp", info.seccomp);
  fields.Set("Runtimes", Array(info.runtimes));
  fields.Set("DefaultRuntime", info.default_runtime);
  fields.Set("RootDir", info.root_directory);
  fields.Set("StateDir", info.state_directory);
  fields.Set("HostChannels", info.host_channels);
  fields.Set("HostChannelsReserved", info.host_channel_reserved);
  fields.Set("HostChannelsMax", info.host_channel_max);
  fields.Set("HostMountNamespace", info.host_mount_namespace);
  fields.Set("Name", info.name);
  fields.Set("KernelVersion", info.kernel_version);
  fields.Set("OperatingSystem", info.operating_system);
  fields.Set("Architecture", info.architecture);
  fields.Set("NCPU", info.cpus);
  fields.Set("MemTotal", info.memory_total);
  return fields;
}

std::string ClientVersionText(const std::string& version) {
  return "Client:\n" + VersionLine("Version", version);
}

std::string ServerVersionText(const client::ServerVersion& server) {
  std::string text = "Server:\n" + VersionLine("Version", server.version);
  if (!server.git_commit.empty()) {
    text += VersionLine("Git commit", server.git_commit);
  }
  return text + VersionLine("API version", server.api_version);
}

json::Object VersionFields(const std::string& client_version, const client::ServerVersion& server) {
  json::Object client;
  client.Set("Version", client_version);
  json::Object daemon;
  daemon.Set("Version", server.version);
  daemon.Set("GitCommit", server.git_commit);
  daemon.Set("ApiVersion", server.api_version);
  json::Object fields;
  fields.Set("Client", std::move(client));
  fields.Set("Server", std::move(daemon));
  return fields;
}

}  // namespace isulad::output
