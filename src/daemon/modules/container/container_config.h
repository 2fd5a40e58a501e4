// What a user asked for when a container was created. Nothing of it changes afterwards but its
// channels, limits and restart policy; persisted as config.json.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_

#include <optional>
#include <string>
#include <vector>

#include "daemon/modules/container/health.h"
#include "daemon/modules/container/restart_policy.h"
#include "daemon/modules/logs/log_options.h"
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

struct ContainerConfig {
  std::string id;
  std::string name;
  std::string image;
  Timestamp created;
  spec::ProcessOptions process;
  std::string entrypoint;  // the first of process.args where it was given apart from them, or empty
  std::string hostname;
  bool open_stdin = false;
  bool stdin_once = false;
  int stop_signal = 0;  // 0: the one that the init understands, see stop_signal.h
  bool system_container = false;
  std::string rootfs;           // canonical
  bool rootfs_overlay = false;  // it stays as it is under a layer of the container's own
  bool read_only_rootfs = false;
  spec::SecurityOptions security;
  NamespaceOptions namespaces;          // other containers by their full ids
  std::optional<UserRemap> user_remap;  // nothing: no user namespace
  bool auto_remove = false;
  RestartPolicy restart;
  std::string runtime;
  spec::ResourceOptions resources;  // as asked: without what is added for channels
  std::vector<spec::BindMount> volumes;
  spec::FileOptions files;
  std::vector<host_channel::HostChannel> channels;  // host paths canonical
  bool host_channel_add_memory = false;
  logs::LogOptions log;
  KeyValues labels;
  KeyValues annotations;
  std::string cgroup_parent;  // absolute, clean; empty: the daemon's
  spec::Hooks hooks;
  std::string env_target_file;  // absolute, clean; empty: none
  HealthOptions health;
  friend bool operator==(const ContainerConfig&, const ContainerConfig&) = default;
};

// Bytes that --host-channel-add-memory adds to the memory limit: the sizes of the rw channels.
uint64_t AddedMemory(const ContainerConfig& config);

// All paths of the host that are bound: the volumes, and those of --mount.
std::vector<spec::BindMount> BindsOf(const ContainerConfig& config);

// What an exec is to run as: the container's user and working directory where it asks for none of
// its own, and the container's further groups.
spec::ProcessOptions ExecProcess(const ContainerConfig& config, spec::ProcessOptions asked);

// An object with a member for each.
json::Value KeyValuesToJson(const KeyValues& pairs);

json::Value ToJson(const ContainerConfig& config);
// kInvalidArgument where `value` is not what ToJson writes.
Result<ContainerConfig> ConfigFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
