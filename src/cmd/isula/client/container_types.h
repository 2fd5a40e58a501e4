// What the container service is asked and answers, as plain values: the commands see no protobuf
// type.
#ifndef ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
#define ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace isulad::client {

// Meanings, units and defaults are those of api/services/containers/v1/containers.proto.
struct Process {
  std::vector<std::string> args;
  std::vector<std::string> env;  // "K=V"
  std::string user;
  std::string workdir;
  std::string hostname;
  bool terminal = false;
  bool open_stdin = false;
  bool stdin_once = false;
  std::string stop_signal;
  std::string entrypoint{};
  std::vector<std::string> group_add{};
};

struct SecurityOptions {
  std::vector<std::string> cap_add;
  std::vector<std::string> cap_drop;
  std::vector<std::string> devices;
  std::vector<std::string> sysctls;
  std::vector<std::string> ulimits;
  std::vector<std::string> writable_sysctls;
  std::vector<std::string> security_opts;  // a seccomp profile by its text
  std::vector<std::string> device_cgroup_rules;
  bool privileged = false;
};

struct Namespaces {
  std::string network;
  std::string ipc;
  std::string pid;
  std::string uts;
  std::string cgroup;
};

struct ResourceLimits {
  int64_t memory_reservation = 0;
  std::optional<int64_t> memory_swappiness;
  bool oom_kill_disable = false;
  int64_t cpu_shares = 0;
  int64_t cpu_period = 0;
  int64_t cpu_quota = 0;
  std::string cpuset_cpus;
  std::string cpuset_mems;
  int64_t blkio_weight = 0;
  std::vector<std::string> device_read_bps;
  std::vector<std::string> device_write_bps;
  std::vector<std::string> device_read_iops;
  std::vector<std::string> device_write_iops;
  std::vector<std::string> hugetlb_limits;
  int64_t files_limit = 0;
  std::optional<int64_t> oom_score_adj{};
};

// As the user wrote them.
struct FileOptions {
  std::vector<std::string> mounts{};
  std::vector<std::string> tmpfs{};
  std::optional<int64_t> shm_size{};  // bytes
  std::vector<std::string> add_hosts{};
  std::vector<std::string> dns{};
  std::vector<std::string> dns_search{};
  std::vector<std::string> dns_options{};
};

// What is not set was not given.
struct HealthOptions {
  std::optional<std::string> command;
  std::optional<int64_t> interval;  // ns, as the other times
  std::optional<int64_t> timeout;
  std::optional<int64_t> retries;
  std::optional<int64_t> start_period;
  bool exit_on_unhealthy = false;
  bool none = false;
  friend bool operator==(const HealthOptions&, const HealthOptions&) = default;
};

struct HostOptions {
  bool system_container = false;
  std::string external_rootfs;
  std::vector<std::string> host_channels;  // as the user wrote them
  bool host_channel_add_memory = false;
  bool auto_remove = false;
  std::string restart_policy;
  std::string runtime;
  int64_t memory = 0;       // bytes; 0: no limit
  int64_t memory_swap = 0;  // bytes; 0: not given, -1: unlimited
  int64_t nano_cpus = 0;    // 10^-9 processors; 0: no limit
  int64_t pids_limit = 0;   // 0: not given, -1: unlimited
  ResourceLimits limits;
  std::vector<std::string> volumes;
  bool rootfs_overlay = false;
  bool read_only_rootfs = false;
  SecurityOptions security;
  Namespaces namespaces;
  std::string user_remap;
  std::string log_driver;
  std::vector<std::string> log_options;  // "KEY=VALUE"
  std::vector<std::string> labels;       // "KEY=VALUE"
  std::vector<std::string> annotations;  // "KEY=VALUE"
  std::string cgroup_parent;
  std::string hook_spec;  // the text of the file
  std::string env_target_file;
  FileOptions files;
  HealthOptions health;
};

struct ContainerOptions {
  std::string name;
  std::string image;
  Process process;
  HostOptions host;
};

// What is to be changed; the rest stays.
struct UpdateOptions {
  std::optional<int64_t> memory;
  std::optional<int64_t> memory_swap;
  std::optional<int64_t> memory_reservation;
  std::optional<int64_t> nano_cpus;
  std::optional<int64_t> cpu_shares;
  std::optional<int64_t> cpu_period;
  std::optional<int64_t> cpu_quota;
  std::optional<std::string> cpuset_cpus;
  std::optional<std::string> cpuset_mems;
  std::optional<std::string> restart_policy;
  friend bool operator==(const UpdateOptions&, const UpdateOptions&) = default;
};

struct Created {
  std::string id;
  std::vector<std::string> warnings;
};

struct Removed {
  std::string id;
  std::vector<std::string> notices;
};

struct ContainerSummary {
  std::string id;
  std::string name;
  std::string image;
  std::vector<std::string> command;
  int64_t created_at = 0;  // ns since the epoch, as all times here; 0: never
  std::string status;      // inited, starting, running, paused, restarting, exited, dead
  int exit_code = 0;
  int64_t started_at = 0;
  int64_t finished_at = 0;
  std::string health;  // none, starting, healthy, unhealthy; empty for none, of an older daemon
};

struct ContainerStats {
  std::string id;
  std::string name;
  int64_t read_at = 0;
  // What is not set is not counted, or the container does not run.
  std::optional<uint64_t> cpu_time;  // ns on all processors together
  std::optional<uint64_t> memory;    // bytes
  std::optional<uint64_t> memory_limit;
  std::optional<uint64_t> pids;
  std::optional<uint64_t> device_read;  // bytes
  std::optional<uint64_t> device_written;
  uint64_t channels = 0;
  uint64_t channels_size = 0;  // bytes, of all its channels together
  uint64_t channels_used = 0;
};

struct WindowSize {
  uint32_t rows = 0;
  uint32_t columns = 0;
  friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

struct AttachOptions {
  std::string container;
  bool open_stdin = false;
  bool start = false;
  std::optional<WindowSize> window;
};

struct LogsOptions {
  std::string container;
  int64_t tail = -1;  // the last so many lines, -1: all
  bool follow = false;
  bool timestamps = false;
  int64_t since = 0;  // ns since the epoch; 0: no bound
  int64_t until = 0;
};

struct CopyFromOptions {
  std::string container;
  std::string path;  // in the container
  bool follow_link = false;
};

struct CopyToOptions {
  std::string container;
  std::string path;  // in the container
  bool archive = false;
};

struct ExecOptions {
  std::string container;
  Process process;
  bool detach = false;
  std::optional<WindowSize> window;
};

}  // namespace isulad::client

#endif  // ISULAD_CMD_ISULA_CLIENT_CONTAINER_TYPES_H_
