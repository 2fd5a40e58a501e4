#include "cmd/isula/client/convert.h"

namespace isulad::client {
namespace {

void ToProto(const SecurityOptions& security, containers_v1::SecurityConfig* message) {
  message->mutable_cap_add()->Assign(security.cap_add.begin(), security.cap_add.end());
  message->mutable_cap_drop()->Assign(security.cap_drop.begin(), security.cap_drop.end());
  message->mutable_devices()->Assign(security.devices.begin(), security.devices.end());
  message->mutable_sysctls()->Assign(security.sysctls.begin(), security.sysctls.end());
  message->mutable_ulimits()->Assign(security.ulimits.begin(), security.ulimits.end());
  message->mutable_writable_sysctls()->Assign(security.writable_sysctls.begin(),
                                              security.writable_sysctls.end());
  message->mutable_security_opts()->Assign(security.security_opts.begin(),
                                           security.security_opts.end());
  message->mutable_device_cgroup_rules()->Assign(security.device_cgroup_rules.begin(),
                                                 security.device_cgroup_rules.end());
  message->set_privileged(security.privileged);
}

void ToProto(const Namespaces& namespaces, containers_v1::NamespaceConfig* message) {
  message->set_network(namespaces.network);
  message->set_ipc(namespaces.ipc);
  message->set_pid(namespaces.pid);
  message->set_uts(namespaces.uts);
  message->set_cgroup(namespaces.cgroup);
}

void Assign(const std::vector<std::string>& texts,
            google::protobuf::RepeatedPtrField<std::string>* field) {
  field->Assign(texts.begin(), texts.end());
}

void ToProto(const ResourceLimits& limits, containers_v1::ResourceLimits* message) {
  message->set_memory_reservation(limits.memory_reservation);
  if (limits.memory_swappiness) {
    message->set_memory_swappiness(*limits.memory_swappiness);
  }
  message->set_oom_kill_disable(limits.oom_kill_disable);
  message->set_cpu_shares(limits.cpu_shares);
  message->set_cpu_period(limits.cpu_period);
  message->set_cpu_quota(limits.cpu_quota);
  message->set_cpuset_cpus(limits.cpuset_cpus);
  message->set_cpuset_mems(limits.cpuset_mems);
  message->set_blkio_weight(limits.blkio_weight);
  Assign(limits.device_read_bps, message->mutable_device_read_bps());
  Assign(limits.device_write_bps, message->mutable_device_write_bps());
  Assign(limits.device_read_iops, message->mutable_device_read_iops());
  Assign(limits.device_write_iops, message->mutable_device_write_iops());
  Assign(limits.hugetlb_limits, message->mutable_hugetlb_limits());
  message->set_files_limit(limits.files_limit);
  if (limits.oom_score_adj) {
    message->set_oom_score_adj(*limits.oom_score_adj);
  }
}

void ToProto(const FileOptions& files, containers_v1::FilesConfig* message) {
  Assign(files.mounts, message->mutable_mounts());
  Assign(files.tmpfs, message->mutable_tmpfs());
  if (files.shm_size) {
    message->set_shm_size(*files.shm_size);
  }
  Assign(files.add_hosts, message->mutable_add_hosts());
  Assign(files.dns, message->mutable_dns());
  Assign(files.dns_search, message->mutable_dns_search());
  Assign(files.dns_options, message->mutable_dns_options());
}

void ToProto(const HealthOptions& health, containers_v1::HealthConfig* message) {
  if (health.command) {
    message->set_command(*health.command);
  }
  if (health.interval) {
    message->set_interval_ns(*health.interval);
  }
  if (health.timeout) {
    message->set_timeout_ns(*health.timeout);
  }
  if (health.retries) {
    message->set_retries(*health.retries);
  }
  if (health.start_period) {
    message->set_start_period_ns(*health.start_period);
  }
  message->set_exit_on_unhealthy(health.exit_on_unhealthy);
  message->set_none(health.none);
}

void ToProto(const HostOptions& host, containers_v1::HostConfig* message) {
  message->set_system_container(host.system_container);
  message->set_external_rootfs(host.external_rootfs);
  message->mutable_host_channels()->Assign(host.host_channels.begin(), host.host_channels.end());
  message->set_host_channel_add_memory(host.host_channel_add_memory);
  message->set_auto_remove(host.auto_remove);
  message->set_restart_policy(host.restart_policy);
  message->set_runtime(host.runtime);
  message->set_memory(host.memory);
  message->set_memory_swap(host.memory_swap);
  message->set_nano_cpus(host.nano_cpus);
  message->set_pids_limit(host.pids_limit);
  message->mutable_volumes()->Assign(host.volumes.begin(), host.volumes.end());
  message->set_rootfs_overlay(host.rootfs_overlay);
  message->set_read_only_rootfs(host.read_only_rootfs);
  message->set_user_remap(host.user_remap);
  ToProto(host.limits, message->mutable_limits());
  ToProto(host.security, message->mutable_security());
  ToProto(host.namespaces, message->mutable_namespaces());
  message->set_log_driver(host.log_driver);
  message->mutable_log_options()->Assign(host.log_options.begin(), host.log_options.end());
  message->mutable_labels()->Assign(host.labels.begin(), host.labels.end());
  message->mutable_annotations()->Assign(host.annotations.begin(), host.annotations.end());
  message->set_cgroup_parent(host.cgroup_parent);
  message->set_hook_spec(host.hook_spec);
  message->set_env_target_file(host.env_target_file);
  ToProto(host.files, message->mutable_files());
  if (host.health != HealthOptions{}) {
    ToProto(host.health, message->mutable_health());
  }
}

std::optional<uint64_t> Optional(bool present, uint64_t value) {
  return present ? std::optional<uint64_t>(value) : std::nullopt;
}

}  // namespace

void ToProto(const Process& process, containers_v1::ProcessConfig* message) {
  message->mutable_args()->Assign(process.args.begin(), process.args.end());
  message->mutable_env()->Assign(process.env.begin(), process.env.end());
  message->set_user(process.user);
  message->set_workdir(process.workdir);
  message->set_hostname(process.hostname);
  message->set_terminal(process.terminal);
  message->set_open_stdin(process.open_stdin);
  message->set_stdin_once(process.stdin_once);
  message->set_stop_signal(process.stop_signal);
  message->set_entrypoint(process.entrypoint);
  Assign(process.group_add, message->mutable_group_add());
}

void ToProto(const ContainerOptions& options, containers_v1::CreateRequest* message) {
  message->set_name(options.name);
  message->set_image(options.image);
  ToProto(options.process, message->mutable_process());
  ToProto(options.host, message->mutable_host());
}

void ToProto(const UpdateOptions& options, containers_v1::UpdateRequest* message) {
  if (options.memory) {
    message->set_memory(*options.memory);
  }
  if (options.memory_swap) {
    message->set_memory_swap(*options.memory_swap);
  }
  if (options.memory_reservation) {
    message->set_memory_reservation(*options.memory_reservation);
  }
  if (options.nano_cpus) {
    message->set_nano_cpus(*options.nano_cpus);
  }
  if (options.cpu_shares) {
    message->set_cpu_shares(*options.cpu_shares);
  }
  if (options.cpu_period) {
    message->set_cpu_period(*options.cpu_period);
  }
  if (options.cpu_quota) {
    message->set_cpu_quota(*options.cpu_quota);
  }
  if (options.cpuset_cpus) {
    message->set_cpuset_cpus(*options.cpuset_cpus);
  }
  if (options.cpuset_mems) {
    message->set_cpuset_mems(*options.cpuset_mems);
  }
  if (options.restart_policy) {
    message->set_restart_policy(*options.restart_policy);
  }
}

void ToProto(const LogsOptions& options, containers_v1::LogsRequest* message) {
  message->set_container(options.container);
  message->set_tail(options.tail);
  message->set_follow(options.follow);
  message->set_timestamps(options.timestamps);
  message->set_since(options.since);
  message->set_until(options.until);
}

void ToProto(WindowSize size, containers_v1::WindowSize* message) {
  message->set_rows(size.rows);
  message->set_columns(size.columns);
}

void ToProto(const AttachOptions& options, containers_v1::AttachRequest* message) {
  containers_v1::AttachRequest::Open* open = message->mutable_open();
  open->set_container(options.container);
  open->set_stdin(options.open_stdin);
  open->set_stdout(true);
  open->set_stderr(true);
  open->set_start(options.start);
  if (options.window) {
    ToProto(*options.window, open->mutable_window());
  }
}

void ToProto(const ExecOptions& options, containers_v1::ExecRequest* message) {
  containers_v1::ExecRequest::Open* open = message->mutable_open();
  open->set_container(options.container);
  ToProto(options.process, open->mutable_process());
  open->set_detach(options.detach);
  if (options.window) {
    ToProto(*options.window, open->mutable_window());
  }
}

ContainerSummary FromProto(const containers_v1::ContainerSummary& message) {
  ContainerSummary summary;
  summary.id = message.id();
  summary.name = message.name();
  summary.image = message.image();
  summary.command = ToStrings(message.command());
  summary.created_at = message.created_at();
  summary.status = message.status();
  summary.exit_code = message.exit_code();
  summary.started_at = message.started_at();
  summary.finished_at = message.finished_at();
  summary.health = message.health();
  return summary;
}

ContainerStats FromProto(const containers_v1::ContainerStats& message) {
  ContainerStats stats;
  stats.id = message.id();
  stats.name = message.name();
  stats.read_at = message.read_at();
  stats.cpu_time = Optional(message.has_cpu_time(), message.cpu_time());
  stats.memory = Optional(message.has_memory(), message.memory());
  stats.memory_limit = Optional(message.has_memory_limit(), message.memory_limit());
  stats.pids = Optional(message.has_pids(), message.pids());
  stats.device_read = Optional(message.has_device_read(), message.device_read());
  stats.device_written = Optional(message.has_device_written(), message.device_written());
  stats.channels = message.channels();
  stats.channels_size = message.channels_size();
  stats.channels_used = message.channels_used();
  return stats;
}

SystemInfo FromProto(const system_v1::InfoResponse& message) {
  SystemInfo info;
  info.containers = message.containers();
  info.running = message.containers_running();
  info.paused = message.containers_paused();
  info.stopped = message.containers_stopped();
  info.server_version = message.server_version();
  info.default_runtime = message.default_runtime();
  info.runtimes = ToStrings(message.runtimes());
  info.log_driver = message.log_driver();
  info.cgroup_layout = message.cgroup_layout();
  info.kernel_version = message.kernel_version();
  info.operating_system = message.operating_system();
  info.architecture = message.architecture();
  info.cpus = message.cpus();
  info.memory_total = message.memory_total();
  info.name = message.name();
  info.root_directory = message.root_directory();
  info.state_directory = message.state_directory();
  info.swap_accounting = message.swap_accounting();
  info.host_channel_reserved = message.host_channel_reserved();
  info.host_channels = message.host_channels();
  info.host_channel_max = message.host_channel_max();
  info.seccomp = message.seccomp();
  info.host_mount_namespace = message.host_mount_namespace();
  return info;
}

}  // namespace isulad::client
