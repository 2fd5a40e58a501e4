// A container's configuration with something in every field.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_

#include <string>

#include "daemon/modules/container/container_config.h"

namespace isulad::container {

// `digit` repeated: an id.
inline std::string IdOf(char digit) { return std::string(64, digit); }

inline ContainerConfig MinimalConfig(const std::string& id, const std::string& name) {
  ContainerConfig config;
  config.id = id;
  config.name = name;
  config.image = "none";
  config.process.args = {"/init"};
  config.rootfs = "/srv/rootfs";
  config.runtime = "crun";
  return config;
}

inline ContainerConfig SampleConfig() {
  ContainerConfig config = MinimalConfig(IdOf('a'), "web");
  config.created = {1'700'000'000'123'456'789};
  config.process.args = {"/bin/sh", "-c", "echo \"hi\"\n"};
  config.process.env = {"A=1", "B="};
  config.process.user = "app:staff";
  config.process.workdir = "/srv";
  config.process.terminal = true;
  config.hostname = "web-1";
  config.open_stdin = true;
  config.stdin_once = true;
  config.stop_signal = 37;
  config.system_container = true;
  config.read_only_rootfs = true;
  config.auto_remove = true;
  config.runtime = "runc";
  config.resources.memory = int64_t{3} << 30;
  config.resources.memory_swap = -1;
  config.resources.nano_cpus = 1'500'000'000;
  config.resources.pids_limit = 64;
  config.volumes = {{"/a b", "/c", true, "rslave"}, {"/d", "/e", false, "rprivate"}};
  config.channels = {{"/h1", "/c1", host_channel::Access::kReadWrite, 32u << 20, false},
                     {"/h2", "/c2", host_channel::Access::kReadOnly, 4096, true}};
  config.host_channel_add_memory = true;
  config.log = {logs::Driver::kJsonFile, 10u << 20, 3};
  return config;
}

}  // namespace isulad::container

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
