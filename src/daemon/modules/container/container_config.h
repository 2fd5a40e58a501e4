// What a container is to be, persisted as config.json. After create only its name, channels, limits
// and restart policy change.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/container/health.h"
#include "daemon/modules/container/restart_policy.h"
#include "daemon/modules/logs/log_options.h"
#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/file_options.h"
#include "daemon/modules/spec/hooks.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/clock.h"
#include "utils/base/key_value.h"
#include "utils/base/namespace_mode.h"
#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/json/value.h"

namespace isulad::container {

// Instead of a signal's number: the signal that the container's init understands.
inline constexpr int kStopSignalOfInit = 0;

// A channel as config.json names it. What it is, its record in host_channel says.
struct ChannelName {
  std::string id;
  std::string host_path;  // canonical
  friend bool operator==(const ChannelName&, const ChannelName&) = default;
};

struct ContainerConfig {
  std::string id;
  std::string name;
  Timestamp created;
  // As it was sent, checked and made definite: paths are canonical, other containers are named by
  // their full ids, the daemon's defaults are filled in. Its host_channels are not stored.
  spec::ContainerSpec spec;
  json::Object unknown;  // members of `spec` in config.json that this program does not know
  std::vector<ChannelName> channel_names;
  // Every mount point that may have been made for the container in its rootfs: paths in the
  // container, absolute and clean.
  std::vector<std::string> mount_points;

  // The meaning of the texts in `spec`: read by ReadSpec(), not stored.
  int stop_signal = kStopSignalOfInit;
  spec::SecurityOptions security;
  NamespaceOptions namespaces;
  std::optional<UserRemap> user_remap;  // not set: no user namespace
  RestartPolicy restart;
  std::vector<spec::BindMount> volumes;
  spec::FileOptions files;
  // Those of `channel_names`, as their records say, with canonical host paths.
  std::vector<host_channel::HostChannel> channels;
  logs::LogOptions log;
  KeyValues labels;
  KeyValues annotations;
  spec::Hooks hooks;
  HealthOptions health;

  const spec::ProcessConfig& process() const { return spec.process(); }
  const spec::HostConfig& host() const { return spec.host(); }
  const std::string& rootfs() const { return host().external_rootfs(); }
  // As asked for, without what is added for channels.
  const spec::ResourceLimits& limits() const { return spec.host().limits(); }
};

// Bytes that --host-channel-add-memory adds to the memory limit: the sizes of the rw channels.
uint64_t AddedMemory(const ContainerConfig& config);

// All binds of host paths: the volumes, and those of --mount.
std::vector<spec::BindMount> BindsOf(const ContainerConfig& config);

// Completes what was asked for an exec: the container's user and working directory if it asks for
// none of its own, and the container's further groups.
spec::ProcessConfig ExecProcess(const ContainerConfig& config, spec::ProcessConfig asked);

// Fails for a text that is not UTF-8.
Result<json::Value> ToJson(const ContainerConfig& config);
// `channels` is empty in the result: the records have them. kInvalidArgument if `value` is not what
// ToJson() writes, or of a version that this program does not read.
Result<ContainerConfig> ConfigFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
