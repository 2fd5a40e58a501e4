#include "cmd/isula/client/convert.h"

namespace isulad::client {
namespace {

void ToProto(const HostOptions& host, containers_v1::HostConfig* message) {
  message->set_system_container(host.system_container);
  message->set_external_rootfs(host.external_rootfs);
  message->mutable_host_channels()->Assign(host.host_channels.begin(), host.host_channels.end());
  message->set_host_channel_add_memory(host.host_channel_add_memory);
  message->set_auto_remove(host.auto_remove);
  message->set_runtime(host.runtime);
  message->set_memory(host.memory);
  message->set_memory_swap(host.memory_swap);
  message->set_nano_cpus(host.nano_cpus);
  message->set_pids_limit(host.pids_limit);
  message->mutable_volumes()->Assign(host.volumes.begin(), host.volumes.end());
  message->set_read_only_rootfs(host.read_only_rootfs);
  message->set_log_driver(host.log_driver);
  message->mutable_log_options()->Assign(host.log_options.begin(), host.log_options.end());
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
}

void ToProto(const ContainerOptions& options, containers_v1::CreateRequest* message) {
  message->set_name(options.name);
  message->set_image(options.image);
  ToProto(options.process, message->mutable_process());
  ToProto(options.host, message->mutable_host());
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
  return summary;
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
  info.host_channel_max = message.host_channel_max();
  info.seccomp = message.seccomp();
  info.host_mount_namespace = message.host_mount_namespace();
  return info;
}

}  // namespace isulad::client
