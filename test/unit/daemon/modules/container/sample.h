// A container's configuration with something in every field.
#ifndef ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
#define ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/read_spec.h"
#include "support/from_text.h"

namespace isulad::container {

// An id: `digit` repeated.
inline std::string IdOf(char digit) { return std::string(64, digit); }

inline ContainerConfig MinimalConfig(const std::string& id, const std::string& name) {
  ContainerConfig config;
  config.id = id;
  config.name = name;
  config.spec = test::FromText<spec::ContainerSpec>(R"(
    image: "none" process { args: "/init" }
    host { external_rootfs: "/srv/rootfs" runtime: "crun" restart_policy: "no" })");
  return config;
}

inline spec::ContainerSpec SampleSpec() {
  return test::FromText<spec::ContainerSpec>(R"(
    image: "none"
    process {
      entrypoint: "/bin/sh" args: "-c" args: "echo \"hi\"\n"
      env: "A=1" env: "B=" user: "app:staff" workdir: "/srv" terminal: true hostname: "web-1"
      open_stdin: true stdin_once: true stop_signal: "37" group_add: "audio" group_add: "7"
    }
    host {
      system_container: true external_rootfs: "/srv/rootfs" rootfs_overlay: true
      read_only_rootfs: true runtime: "runc" restart_policy: "on-failure:3"
      user_remap: "100000:200000:65536"
      host_channels: "/h1:/c1:rw:32M"
      host_channels: "/h2:/c2:ro:4K:symlinks,mpol=bind:0-1+3,nr_inodes=7,mode=0700"
      host_channel_add_memory: true
      volumes: "/a b:/c:ro,rslave" volumes: "/d:/e"
      log_driver: "json-file" log_options: "max-size=10m" log_options: "max-file=3"
      labels: "role=web" labels: "empty=" annotations: "org.example=a=b"
      cgroup_parent: "/other/parent" env_target_file: "/etc/environment"
      hook_spec: '{"prestart":[{"path":"/bin/true","args":["true","-x"],"env":["A=1"],"timeout":5}]}'
      security {
        cap_add: "NET_ADMIN" cap_add: "cap_sys_time" cap_drop: "MKNOD"
        devices: "/dev/a:/dev/b:rw" device_cgroup_rules: "c 10:* rw"
        sysctls: "net.ipv4.ip_forward=1" sysctls: "kernel.sem=1 2 3 4"
        ulimits: "nofile=1024:4096" ulimits: "core=0:-1"
        writable_sysctls: "net" writable_sysctls: "ipc"
        security_opts: "no-new-privileges"
        security_opts: 'seccomp={"defaultAction":"SCMP_ACT_ALLOW"}'
      }
      limits {
        memory: 3221225472 memory_swap: -1 memory_reservation: 67108864 memory_swappiness: 0
        oom_kill_disable: true nano_cpus: 1500000000 cpu_shares: 512 cpuset_cpus: "0-1"
        cpuset_mems: "0" pids_limit: 64 blkio_weight: 300
        device_read_bps: "/dev/vda:1m" device_write_iops: "/dev/vda:100"
        hugetlb_limits: "2MB:64M" oom_score_adj: -500
      }
      namespaces { uts: "host" cgroup: "host" ipc: "host" }
      files {
        mounts: "type=bind,source=/m1,target=/m2,readonly,bind-propagation=rshared"
        mounts: "type=tmpfs,target=/t 3,tmpfs-size=4096,tmpfs-mode=750"
        tmpfs: "/t1" tmpfs: "/t2:size=8192,mode=700,uid=1,gid=2,ro,exec,suid,dev"
        shm_size: 134217728 add_hosts: "db:::1" dns: "1.1.1.1" dns_search: "a.example"
        dns_options: "ndots:2"
      }
      health {
        command: "curl -f http://localhost/ || exit 1" interval_ns: 1500000000 retries: 5
        start_period_ns: 60000000000 exit_on_unhealthy: true
      }
    })");
}

// `spec` as it would be kept for container "web", whose id is all "a".
inline ContainerConfig ConfigOf(spec::ContainerSpec spec) {
  Result<ContainerConfig> config = ReadSpec(std::move(spec), 4096);
  EXPECT_TRUE(config.has_value()) << (config ? "" : config.error().message());
  config->id = IdOf('a');
  config->name = "web";
  config->created = {1'700'000'000'123'456'789};
  for (const host_channel::HostChannel& channel : config->channels) {
    config->channel_names.push_back({IdOf('c'), channel.host_path});
  }
  config->mount_points = {"/c1", "/etc/hostname"};
  return *std::move(config);
}

inline ContainerConfig SampleConfig() { return ConfigOf(SampleSpec()); }

// The whole configuration, as one text.
inline std::string TextOf(const ContainerConfig& config) {
  const Result<json::Value> value = ToJson(config);
  return value ? json::Serialize(*value, json::Style::kIndented) : value.error().message();
}

}  // namespace isulad::container

#endif  // ISULAD_TEST_UNIT_DAEMON_MODULES_CONTAINER_SAMPLE_H_
