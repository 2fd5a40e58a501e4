#include "daemon/entry/grpc/convert_container.h"

#include <algorithm>
#include <limits>

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
  return process;
}

uint16_t Clamp(uint32_t cells) {
  return static_cast<uint16_t>(std::min<uint32_t>(cells, std::numeric_limits<uint16_t>::max()));
}

}  // namespace

container::CreateRequest FromWire(const v1::CreateRequest& wire) {
  container::CreateRequest request;
  request.name = wire.name();
  request.image = wire.image();
  request.process = ProcessFromWire(wire.process());
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
  request.runtime = host.runtime();
  request.resources.memory = host.memory();
  request.resources.memory_swap = host.memory_swap();
  request.resources.nano_cpus = host.nano_cpus();
  request.resources.pids_limit = host.pids_limit();
  request.volumes = Strings(host.volumes());
  request.read_only_rootfs = host.read_only_rootfs();
  request.log_driver = host.log_driver();
  request.log_options = Strings(host.log_options());
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
}

}  // namespace isulad::entry
