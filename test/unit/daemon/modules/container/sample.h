// A container's configuration with something in every field.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_

#include <chrono>
#include <cstdint>
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
  config.entrypoint = "/bin/sh";
  config.process.group_add = {"audio", "7"};
  config.process.env = {"A=1", "B="};
  config.process.user = "app:staff";
  config.process.workdir = "/srv";
  config.process.terminal = true;
  config.hostname = "web-1";
  config.open_stdin = true;
  config.stdin_once = true;
  config.stop_signal = 37;
  config.system_container = true;
  config.rootfs_overlay = true;
  config.read_only_rootfs = true;
  config.security.cap_add = {"CAP_NET_ADMIN", "CAP_SYS_TIME"};
  config.security.cap_drop = {"CAP_MKNOD"};
  config.security.devices = {{"/dev/a", "/dev/b", "rw"}};
  config.security.device_rules = {{'c', 10, {}, "rw"}, {'a', {}, {}, "rwm"}};
  config.security.sysctls = {{"net.ipv4.ip_forward", "1"}, {"kernel.sem", "1 2 3 4"}};
  config.security.ulimits = {{"nofile", 1024, 4096}, {"core", 0, UINT64_MAX}};
  config.security.writable_net_sysctls = true;
  config.security.writable_ipc_sysctls = true;
  config.security.privileged = true;
  config.security.no_new_privileges = true;
  config.security.seccomp = R"({"defaultAction":"SCMP_ACT_ALLOW"})";
  config.namespaces.network = {NamespaceMode::kContainer, IdOf('b')};
  config.namespaces.ipc = {NamespaceMode::kHost};
  config.namespaces.pid = {NamespaceMode::kContainer, IdOf('c')};
  config.namespaces.uts = {NamespaceMode::kHost};
  config.namespaces.cgroup = {NamespaceMode::kHost};
  config.user_remap = UserRemap{100000, 200000, 65536};
  config.auto_remove = true;
  config.restart = {RestartRule::kOnFailure, 3};
  config.runtime = "runc";
  config.resources.memory = int64_t{3} << 30;
  config.resources.memory_swap = -1;
  config.resources.nano_cpus = 1'500'000'000;
  config.resources.pids_limit = 64;
  config.resources.memory_reservation = 64 << 20;
  config.resources.memory_swappiness = 0;
  config.resources.oom_kill_disable = true;
  config.resources.cpu_shares = 512;
  config.resources.cpu_period = 50'000;
  config.resources.cpu_quota = -1;
  config.resources.cpuset_cpus = "0-1";
  config.resources.cpuset_mems = "0";
  config.resources.blkio_weight = 300;
  config.resources.device_rates = {{DeviceRateKind::kReadBytes, "/dev/vda", 1 << 20},
                                   {DeviceRateKind::kWriteOperations, "/dev/vda", 100}};
  config.resources.hugetlb = {{2 << 20, 64 << 20}};
  config.resources.oom_score_adj = -500;
  config.volumes = {{"/a b", "/c", true, "rslave"}, {"/d", "/e", false, "rprivate"}};
  spec::Tmpfs tmpfs{"/t2", 8192, 0700, 1, 2, true, true, true, true};
  config.files.tmpfs = {{"/t1"}, tmpfs};
  config.files.mounts = {spec::BindMount{"/m1", "/m2", true, "rshared"},
                         spec::Tmpfs{"/t 3", 4096, 0750}};
  config.files.shm_size = 128u << 20;
  config.files.names = {{{"db", "::1"}}, {"1.1.1.1"}, {"a.example"}, {"ndots:2"}};
  config.channels = {{"/h1", "/c1", host_channel::Access::kReadWrite, 32u << 20, {}},
                     {"/h2", "/c2", host_channel::Access::kReadOnly, 4096, {}}};
  config.channels.back().options =
      *host_channel::ParseOptions("symlinks,mpol=bind:0-1+3,nr_inodes=7,mode=0700");
  config.host_channel_add_memory = true;
  config.labels = {{"role", "web"}, {"empty", ""}};
  config.annotations = {{"org.example", "a=b"}};
  config.cgroup_parent = "/other/parent";
  config.env_target_file = "/etc/environment";
  config.health.command = "curl -f http://localhost/ || exit 1";
  config.health.interval = std::chrono::milliseconds(1500);
  config.health.retries = 5;
  config.health.start_period = std::chrono::seconds(60);
  config.health.exit_on_unhealthy = true;
  config.hooks.prestart = {{"/bin/true", {"true", "-x"}, {"A=1"}, 5}};
  config.hooks.poststop = {{"/bin/false", {}, {}, 0}};
  config.log = {logs::Driver::kJsonFile, 10u << 20, 3};
  return config;
}

}  // namespace isulad::container

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
