// What a user asked for when a container was created. Nothing of it changes afterwards but its
// name, channels, limits and restart policy; persisted as config.json.
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

// In the place of a number: what the container's init understands.
inline constexpr int kStopSignalOfInit = 0;

struct ContainerConfig {
  std::string id;
  std::string name;
  Timestamp created;
  // As it was sent, checked and made definite: paths canonical, other containers by their full ids,
  // the daemon's defaults put in. Its channels are those below.
  spec::ContainerSpec spec;
  json::Object unknown;  // what config.json has in `spec` that this program does not know

  // What texts of `spec` mean: ReadSpec() makes them together, and only `spec` is stored.
  int stop_signal = kStopSignalOfInit;
  spec::SecurityOptions security;
  NamespaceOptions namespaces;
  std::optional<UserRemap> user_remap;  // nothing: no user namespace
  RestartPolicy restart;
  std::vector<spec::BindMount> volumes;
  spec::FileOptions files;
  std::vector<host_channel::HostChannel> channels;  // host paths canonical
  logs::LogOptions log;
  KeyValues labels;
  KeyValues annotations;
  spec::Hooks hooks;
  HealthOptions health;

  const spec::ProcessConfig& process() const { return spec.process(); }
  const spec::HostConfig& host() const { return spec.host(); }
  const std::string& rootfs() const { return host().external_rootfs(); }
  // As asked for: without what is added for channels.
  const spec::ResourceLimits& limits() const { return spec.host().limits(); }
};

// Bytes that --host-channel-add-memory adds to the memory limit: the sizes of the rw channels.
uint64_t AddedMemory(const ContainerConfig& config);

// All paths of the host that are bound: the volumes, and those of --mount.
std::vector<spec::BindMount> BindsOf(const ContainerConfig& config);

// What an exec is to run as: the container's user and working directory where it asks for none of
// its own, and the container's further groups.
spec::ProcessConfig ExecProcess(const ContainerConfig& config, spec::ProcessConfig asked);

// Fails for a text that is not UTF-8.
Result<json::Value> ToJson(const ContainerConfig& config);
// kInvalidArgument where `value` is not what ToJson writes, or of a version that this program does
// not read.
Result<ContainerConfig> ConfigFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
