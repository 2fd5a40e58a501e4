#include "daemon/entry/grpc/convert_container.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace isulad::entry {
namespace {

std::vector<std::string> Strings(const google::protobuf::RepeatedPtrField<std::string>& wire) {
  return {wire.begin(), wire.end()};
}

spec::ProcessOptions ProcessFromWire(const v1::ProcessConfig& wire) {
  spec::ProcessOptions process;
  process.args = Strings(wire.args());
  process.env = Strings(wire.env());
  process.user = wire.user();
  process.workdir = wire.workdir();
  process.terminal = wire.terminal();
  process.group_add = Strings(wire.group_add());
  return process;
}

container::SecurityRequest SecurityFromWire(const v1::SecurityConfig& wire) {
  container::SecurityRequest security;
  security.cap_add = Strings(wire.cap_add());
  security.cap_drop = Strings(wire.cap_drop());
  security.devices = Strings(wire.devices());
  security.sysctls = Strings(wire.sysctls());
  security.ulimits = Strings(wire.ulimits());
  security.writable_sysctls = Strings(wire.writable_sysctls());
  security.security_opts = Strings(wire.security_opts());
  security.device_cgroup_rules = Strings(wire.device_cgroup_rules());
  security.privileged = wire.privileged();
  return security;
}

container::NamespaceTexts NamespacesFromWire(const v1::NamespaceConfig& wire) {
  return {wire.network(), wire.ipc(), wire.pid(), wire.uts(), wire.cgroup()};
}

void LimitsFromWire(const v1::ResourceLimits& wire, container::CreateRequest& request) {
  spec::ResourceOptions& resources = request.resources;
  resources.memory_reservation = wire.memory_reservation();
  if (wire.has_memory_swappiness()) {
    resources.memory_swappiness = wire.memory_swappiness();
  }
  resources.oom_kill_disable = wire.oom_kill_disable();
  resources.cpu_shares = wire.cpu_shares();
  resources.cpu_period = wire.cpu_period();
  resources.cpu_quota = wire.cpu_quota();
  resources.cpuset_cpus = wire.cpuset_cpus();
  resources.cpuset_mems = wire.cpuset_mems();
  resources.blkio_weight = wire.blkio_weight();
  if (wire.has_oom_score_adj()) {
    resources.oom_score_adj = wire.oom_score_adj();
  }
  request.limits.device_rates = {Strings(wire.device_read_bps()), Strings(wire.device_write_bps()),
                                 Strings(wire.device_read_iops()),
                                 Strings(wire.device_write_iops())};
  request.limits.hugetlb = Strings(wire.hugetlb_limits());
  request.limits.files = wire.files_limit();
}

container::FilesRequest FilesFromWire(const v1::FilesConfig& wire) {
  container::FilesRequest files;
  files.mounts = Strings(wire.mounts());
  files.tmpfs = Strings(wire.tmpfs());
  if (wire.has_shm_size()) {
    files.shm_size = wire.shm_size();
  }
  files.add_hosts = Strings(wire.add_hosts());
  files.dns = Strings(wire.dns());
  files.dns_search = Strings(wire.dns_search());
  files.dns_options = Strings(wire.dns_options());
  return files;
}

template <typename Value>
std::optional<Value> WhereSet(bool set, const Value& value) {
  return set ? std::optional<Value>(value) : std::nullopt;
}

container::HealthRequest HealthFromWire(const v1::HealthConfig& wire) {
  container::HealthRequest health;
  health.command = WhereSet(wire.has_command(), wire.command());
  health.interval = WhereSet(wire.has_interval_ns(), wire.interval_ns());
  health.timeout = WhereSet(wire.has_timeout_ns(), wire.timeout_ns());
  health.retries = WhereSet(wire.has_retries(), wire.retries());
  health.start_period = WhereSet(wire.has_start_period_ns(), wire.start_period_ns());
  health.exit_on_unhealthy = wire.exit_on_unhealthy();
  health.none = wire.none();
  return health;
}

uint16_t Clamp(uint32_t cells) {
  return static_cast<uint16_t>(std::min<uint32_t>(cells, std::numeric_limits<uint16_t>::max()));
}

template <typename Set>
void SetWhereKnown(const std::optional<uint64_t>& figure, const Set& set) {
  if (figure) {
    set(*figure);
  }
}

// A limit that is one.
std::optional<uint64_t> WhereLimited(const std::optional<uint64_t>& limit) {
  return limit == UINT64_MAX ? std::nullopt : limit;
}

}  // namespace

container::CreateRequest FromWire(const v1::CreateRequest& wire) {
  container::CreateRequest request;
  request.name = wire.name();
  request.image = wire.image();
  request.process = ProcessFromWire(wire.process());
  request.entrypoint = wire.process().entrypoint();
  request.hostname = wire.process().hostname();
  request.open_stdin = wire.process().open_stdin();
  request.stdin_once = wire.process().stdin_once();
  request.stop_signal = wire.process().stop_signal();
  const v1::HostConfig& host = wire.host();
  request.system_container = host.system_container();
  request.external_rootfs = host.external_rootfs();
  request.host_channels = Strings(host.host_channels());
  request.host_channel_add_memory = host.host_channel_add_memory();
  request.auto_remove = host.auto_remove();
  request.restart_policy = host.restart_policy();
  request.runtime = host.runtime();
  request.resources.memory = host.memory();
  request.resources.memory_swap = host.memory_swap();
  request.resources.nano_cpus = host.nano_cpus();
  request.resources.pids_limit = host.pids_limit();
  LimitsFromWire(host.limits(), request);
  request.volumes = Strings(host.volumes());
  request.rootfs_overlay = host.rootfs_overlay();
  request.read_only_rootfs = host.read_only_rootfs();
  request.user_remap = host.user_remap();
  request.security = SecurityFromWire(host.security());
  request.namespaces = NamespacesFromWire(host.namespaces());
  request.log_driver = host.log_driver();
  request.log_options = Strings(host.log_options());
  request.labels = Strings(host.labels());
  request.annotations = Strings(host.annotations());
  request.cgroup_parent = host.cgroup_parent();
  request.hooks = host.hook_spec();
  request.env_target_file = host.env_target_file();
  request.files = FilesFromWire(host.files());
  request.health = HealthFromWire(host.health());
  return request;
}

container::UpdateRequest FromWire(const v1::UpdateRequest& wire) {
  container::UpdateRequest request;
  request.memory = WhereSet(wire.has_memory(), wire.memory());
  request.memory_swap = WhereSet(wire.has_memory_swap(), wire.memory_swap());
  request.memory_reservation = WhereSet(wire.has_memory_reservation(), wire.memory_reservation());
  request.nano_cpus = WhereSet(wire.has_nano_cpus(), wire.nano_cpus());
  request.cpu_shares = WhereSet(wire.has_cpu_shares(), wire.cpu_shares());
  request.cpu_period = WhereSet(wire.has_cpu_period(), wire.cpu_period());
  request.cpu_quota = WhereSet(wire.has_cpu_quota(), wire.cpu_quota());
  request.cpuset_cpus = WhereSet(wire.has_cpuset_cpus(), wire.cpuset_cpus());
  request.cpuset_mems = WhereSet(wire.has_cpuset_mems(), wire.cpuset_mems());
  request.restart_policy = WhereSet(wire.has_restart_policy(), wire.restart_policy());
  return request;
}

container::AttachRequest FromWire(const v1::AttachRequest::Open& wire) {
  container::AttachRequest request;
  request.reference = wire.container();
  request.streams = {wire.stdin(), wire.stdout(), wire.stderr()};
  request.start = wire.start();
  request.window = FromWire(wire.window());
  return request;
}

container::ExecRequest FromWire(const v1::ExecRequest::Open& wire) {
  container::ExecRequest request;
  request.reference = wire.container();
  request.process = ProcessFromWire(wire.process());
  request.open_stdin = wire.process().open_stdin();
  request.detach = wire.detach();
  request.window = FromWire(wire.window());
  return request;
}

container::LogsRequest FromWire(const v1::LogsRequest& wire) {
  container::LogsRequest request;
  request.reference = wire.container();
  request.follow = wire.follow();
  request.options.tail = wire.tail();
  request.options.since = Timestamp{wire.since()};
  request.options.until = Timestamp{wire.until()};
  request.options.timestamps = wire.timestamps();
  request.options.cursor = wire.cursor();
  return request;
}

shim::WindowSize FromWire(const v1::WindowSize& wire) {
  return {Clamp(wire.rows()), Clamp(wire.columns())};
}

void ToWire(const container::Summary& summary, v1::ContainerSummary* wire) {
  wire->set_id(summary.id);
  wire->set_name(summary.name);
  wire->set_image(summary.image);
  for (const std::string& word : summary.command) {
    wire->add_command(word);
  }
  wire->set_created_at(summary.created.nanoseconds);
  wire->set_status(std::string(container::PhaseName(summary.state.phase)));
  wire->set_exit_code(summary.state.exit_code);
  wire->set_started_at(summary.state.started_at.nanoseconds);
  wire->set_finished_at(summary.state.finished_at.nanoseconds);
  wire->set_pid(summary.state.pid);
  wire->set_runtime(summary.runtime);
  wire->set_health(std::string(container::HealthStatusName(summary.health)));
}

void ToWire(const container::ContainerStats& stats, v1::ContainerStats* wire) {
  wire->set_id(stats.id);
  wire->set_name(stats.name);
  wire->set_read_at(stats.read_at.nanoseconds);
  const cgroup::Usage& usage = stats.usage;
  SetWhereKnown(usage.cpu_time, [wire](uint64_t time) { wire->set_cpu_time(time); });
  SetWhereKnown(usage.memory, [wire](uint64_t bytes) { wire->set_memory(bytes); });
  SetWhereKnown(WhereLimited(usage.memory_limit),
                [wire](uint64_t bytes) { wire->set_memory_limit(bytes); });
  SetWhereKnown(usage.pids, [wire](uint64_t number) { wire->set_pids(number); });
  SetWhereKnown(WhereLimited(usage.pids_limit),
                [wire](uint64_t number) { wire->set_pids_limit(number); });
  if (usage.devices) {
    wire->set_device_read(usage.devices->read);
    wire->set_device_written(usage.devices->written);
  }
  wire->set_channels(stats.channels);
  wire->set_channels_size(stats.channels_size);
  wire->set_channels_used(stats.channels_used);
}

}  // namespace isulad::entry
