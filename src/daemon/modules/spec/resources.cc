#include "daemon/modules/spec/passes.h"

namespace isulad::spec {
namespace {

constexpr int64_t kCpuPeriod = 100'000;  // microseconds
constexpr int64_t kNanoCpusPerCpu = 1'000'000'000;

// Without --memory-swap no swap limit is written, and there is none: the memory limit bounds RAM,
// and what the kernel swaps out comes on top. (crun 1.8 and runc 1.1 then leave
// memory.memsw.limit_in_bytes and memory.swap.max alone. Other engines allow as much swap as memory
// instead.) The value counts memory and swap together on both cgroup versions; the runtimes convert
// it for version 2 and order the two writes on version 1.
void ApplyMemory(const Input& input, json::Object* resources, Warnings* warnings) {
  const ResourceOptions& options = input.resources;
  json::Object memory;
  if (options.memory > 0) {
    memory.Set("limit", options.memory);
  }
  if (options.memory_swap != 0) {
    if (input.swap_accounting) {
      memory.Set("swap", options.memory_swap);
    } else {
      warnings->emplace_back(
          "this kernel does not account swap: --memory-swap has no effect, --memory holds without "
          "it");
    }
  }
  if (!memory.empty()) {
    resources->Set("memory", std::move(memory));
  }
}

void ApplyCpu(const ResourceOptions& options, json::Object* resources) {
  if (options.nano_cpus == 0) {
    return;
  }
  json::Object cpu;
  // Processors to billionths: 10^9 * 10^5 would overflow for 92,000 of them.
  cpu.Set("quota", options.nano_cpus / (kNanoCpusPerCpu / kCpuPeriod));
  cpu.Set("period", kCpuPeriod);
  resources->Set("cpu", std::move(cpu));
}

void ApplyPids(const ResourceOptions& options, json::Object* resources) {
  // Unlimited is what a new cgroup is; crun 1.8 would write the -1 that the specification has for
  // it.
  if (options.pids_limit <= 0) {
    return;
  }
  json::Object pids;
  pids.Set("limit", options.pids_limit);
  resources->Set("pids", std::move(pids));
}

}  // namespace

void ApplyResources(const Input& input, json::Object* config, Warnings* warnings) {
  json::Object& linux_object = ObjectMember(config, "linux");
  linux_object.Set("cgroupsPath", input.cgroup_path);
  json::Object& resources = ObjectMember(&linux_object, "resources");
  ApplyMemory(input, &resources, warnings);
  ApplyCpu(input.resources, &resources);
  ApplyPids(input.resources, &resources);
}

}  // namespace isulad::spec
