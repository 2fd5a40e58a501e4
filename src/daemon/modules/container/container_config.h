// What a user asked for when a container was created. Never changes afterwards; persisted as
// config.json.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_

#include <string>
#include <vector>

#include "daemon/modules/logs/log_options.h"
#include "daemon/modules/spec/host_channel/host_channel.h"
#include "daemon/modules/spec/options.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::container {

struct ContainerConfig {
  std::string id;
  std::string name;
  std::string image;
  Timestamp created;
  spec::ProcessOptions process;
  std::string hostname;
  bool open_stdin = false;
  bool stdin_once = false;
  int stop_signal = 0;
  bool system_container = false;
  std::string rootfs;  // canonical
  bool read_only_rootfs = false;
  bool auto_remove = false;
  std::string runtime;
  spec::ResourceOptions resources;  // as asked: without what is added for channels
  std::vector<spec::BindMount> volumes;
  std::vector<host_channel::HostChannel> channels;  // host paths canonical
  bool host_channel_add_memory = false;
  logs::LogOptions log;
  friend bool operator==(const ContainerConfig&, const ContainerConfig&) = default;
};

// Bytes that --host-channel-add-memory adds to the memory limit: the sizes of the rw channels.
uint64_t AddedMemory(const ContainerConfig& config);

// What an exec is to run as: the container's user and working directory where it asks for none of
// its own.
spec::ProcessOptions ExecProcess(const ContainerConfig& config, spec::ProcessOptions asked);

json::Value ToJson(const ContainerConfig& config);
// kInvalidArgument where `value` is not what ToJson writes.
Result<ContainerConfig> ConfigFromJson(const json::Value& value);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CONTAINER_CONFIG_H_
