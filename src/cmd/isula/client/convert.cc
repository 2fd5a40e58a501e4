#include "cmd/isula/client/convert.h"

namespace isulad::client {
namespace {

std::optional<uint64_t> Optional(bool present, uint64_t value) {
  return present ? std::optional<uint64_t>(value) : std::nullopt;
}

}  // namespace

void ToProto(const ContainerOptions& options, containers_v1::CreateRequest* message) {
  message->set_name(options.name);
  *message->mutable_spec() = options.spec;
}

void ToProto(const UpdateOptions& options, containers_v1::UpdateRequest* message) {
  *message->mutable_limits() = options.limits;
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
  *open->mutable_process() = options.process;
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
