#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

// Without --memory-swap no swap limit is written, and there is none: the memory limit bounds RAM,
// and memory that the kernel swaps out is not counted. (crun 1.8 and runc 1.1 then leave
// memory.memsw.limit_in_bytes and memory.swap.max alone. Other engines allow as much swap as memory
// instead.) The value counts memory and swap together on both cgroup versions; the runtimes convert
// it for version 2 and order the two writes on version 1.
void ApplyMemory(const Input& input, json::Object* resources, Warnings* warnings) {
  const ResourceLimits& limits = input.limits;
  json::Object memory;
  if (limits.memory() > 0) {
    memory.Set("limit", limits.memory());
  }
  if (limits.memory_swap() != 0) {
    if (input.swap_accounting) {
      memory.Set("swap", limits.memory_swap());
    } else {
      warnings->emplace_back(
          "this kernel does not account swap: --memory-swap has no effect, --memory holds without "
          "it");
    }
  }
  if (limits.memory_reservation() > 0) {
    memory.Set("reservation", limits.memory_reservation());
  }
  if (limits.oom_kill_disable()) {
    memory.Set("disableOOMKiller", true);
  }
  if (limits.has_memory_swappiness()) {
    if (input.swappiness) {
      memory.Set("swappiness", limits.memory_swappiness());
    } else {
      warnings->emplace_back(
          "cgroup version 2 has no swappiness of a container: --memory-swappiness has no effect");
    }
  }
  if (!memory.empty()) {
    resources->Set("memory", std::move(memory));
  }
}

void ApplyCpu(const ResourceLimits& limits, json::Object* resources) {
  json::Object cpu;
  const CpuTime time = CpuTimeOf(limits);
  if (time.quota > 0) {  // a new cgroup is unlimited
    cpu.Set("quota", time.quota);
  }
  if (time.period != 0) {
    cpu.Set("period", time.period);
  }
  if (limits.cpu_shares() != 0) {
    cpu.Set("shares", limits.cpu_shares());
  }
  if (!limits.cpuset_cpus().empty()) {
    cpu.Set("cpus", limits.cpuset_cpus());
  }
  if (!limits.cpuset_mems().empty()) {
    cpu.Set("mems", limits.cpuset_mems());
  }
  if (!cpu.empty()) {
    resources->Set("cpu", std::move(cpu));
  }
}

const char* RateMember(DeviceRateKind kind) {
  switch (kind) {
    case DeviceRateKind::kReadBytes:
      return "throttleReadBpsDevice";
    case DeviceRateKind::kWriteBytes:
      return "throttleWriteBpsDevice";
    case DeviceRateKind::kReadOperations:
      return "throttleReadIOPSDevice";
    case DeviceRateKind::kWriteOperations:
      return "throttleWriteIOPSDevice";
  }
  return "";
}

json::Value RatesOf(DeviceRateKind kind, const std::vector<DeviceRateNode>& nodes) {
  json::Array rates;
  for (const DeviceRateNode& node : nodes) {
    if (node.kind == kind) {
      json::Object rate;
      rate.Set("major", node.major);
      rate.Set("minor", node.minor);
      rate.Set("rate", node.rate);
      rates.emplace_back(std::move(rate));
    }
  }
  return rates;
}

void ApplyBlockIo(const Input& input, json::Object* resources, Warnings* warnings) {
  json::Object block;
  if (input.limits.blkio_weight() != 0) {
    if (input.io_weights) {
      block.Set("weight", input.limits.blkio_weight());
    } else {
      warnings->emplace_back(
          "this kernel's cgroup version 1 has no blkio.weight: --blkio-weight has no effect");
    }
  }
  for (const DeviceRateKind kind : kDeviceRateKinds) {
    json::Value rates = RatesOf(kind, input.device_rates);
    if (!rates.AsArray()->empty()) {
      block.Set(RateMember(kind), std::move(rates));
    }
  }
  if (!block.empty()) {
    resources->Set("blockIO", std::move(block));
  }
}

void ApplyHugetlb(const std::vector<HugetlbLimit>& hugetlb, json::Object* resources) {
  json::Array limits;
  for (const HugetlbLimit& limit : hugetlb) {
    json::Object object;
    object.Set("pageSize", HugePageName(limit.page_size));
    object.Set("limit", limit.limit);
    limits.emplace_back(std::move(object));
  }
  if (!limits.empty()) {
    resources->Set("hugepageLimits", std::move(limits));
  }
}

void ApplyPids(const ResourceLimits& limits, json::Object* resources) {
  // A new cgroup is unlimited; crun 1.8 would write the -1 that the specification uses for it.
  if (limits.pids_limit() <= 0) {
    return;
  }
  json::Object pids;
  pids.Set("limit", limits.pids_limit());
  resources->Set("pids", std::move(pids));
}

}  // namespace

void ApplyResources(const Input& input, json::Object* config, Warnings* warnings) {
  json::Object& linux_object = ObjectMember(config, "linux");
  linux_object.Set("cgroupsPath", input.cgroup_path);
  json::Object& resources = ObjectMember(&linux_object, "resources");
  ApplyMemory(input, &resources, warnings);
  ApplyCpu(input.limits, &resources);
  ApplyPids(input.limits, &resources);
  ApplyBlockIo(input, &resources, warnings);
  ApplyHugetlb(input.hugetlb, &resources);
}

}  // namespace isulad::spec
