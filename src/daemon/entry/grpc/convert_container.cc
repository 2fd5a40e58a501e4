#include "daemon/entry/grpc/convert_container.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace isulad::entry {
namespace {

uint16_t Clamp(uint32_t cells) {
  return static_cast<uint16_t>(std::min<uint32_t>(cells, std::numeric_limits<uint16_t>::max()));
}

template <typename Set>
void SetWhereKnown(const std::optional<uint64_t>& figure, const Set& set) {
  if (figure) {
    set(*figure);
  }
}

// The limit; nullopt if its value means that there is none.
std::optional<uint64_t> WhereLimited(const std::optional<uint64_t>& limit) {
  return limit == UINT64_MAX ? std::nullopt : limit;
}

}  // namespace

container::UpdateRequest FromWire(const v1::UpdateRequest& wire) {
  container::UpdateRequest request;
  request.limits = wire.limits();
  if (wire.has_restart_policy()) {
    request.restart_policy = wire.restart_policy();
  }
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
  request.process = wire.process();
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
