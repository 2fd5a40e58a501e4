#include <string>
#include <vector>

#include "daemon/modules/spec/passes.h"

namespace isulad::spec {

namespace {

// A system container may make its own cgroups, but must not change its own limits. On version 1
// that leaves it only the hierarchy in which an init keeps its services apart: the files of a limit
// are the same in the container's own group and in those beneath it. On version 2, the files of its
// own group are enough. Those that a host does not have are skipped.
constexpr const char* kLimits[] = {
    "blkio",
    "cpu",
    "cpu,cpuacct",
    "cpuacct",
    "cpuset",
    "devices",
    "freezer",
    "hugetlb",
    "memory",
    "misc",
    "net_cls",
    "net_cls,net_prio",
    "net_prio",
    "perf_event",
    "pids",
    "rdma",
    // Version 2.
    "cpu.idle",
    "cpu.max",
    "cpu.max.burst",
    "cpu.uclamp.max",
    "cpu.uclamp.min",
    "cpu.weight",
    "cpu.weight.nice",
    "cpuset.cpus",
    "cpuset.cpus.exclusive",
    "cpuset.cpus.partition",
    "cpuset.mems",
    "hugetlb.1GB.max",
    "hugetlb.1GB.rsvd.max",
    "hugetlb.2MB.max",
    "hugetlb.2MB.rsvd.max",
    "io.bfq.weight",
    "io.latency",
    "io.max",
    "io.prio.class",
    "io.weight",
    "memory.high",
    "memory.low",
    "memory.max",
    "memory.min",
    "memory.oom.group",
    "memory.swap.high",
    "memory.swap.max",
    "memory.zswap.max",
    "memory.zswap.writeback",
    "misc.max",
    "pids.max",
    "rdma.max",
    "cgroup.freeze",
    "cgroup.max.depth",
    "cgroup.max.descendants",
};

std::vector<std::string> ReadonlyPaths(bool system_container) {
  std::vector<std::string> paths = {
      "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
  };
  if (system_container) {
    for (const char* name : kLimits) {
      paths.push_back(std::string("/sys/fs/cgroup/") + name);
    }
  }
  return paths;
}

}  // namespace

void ApplyPaths(const Input& input, json::Object* config) {
  if (input.security.privileged) {
    return;
  }
  json::Object& linux_object = ObjectMember(config, "linux");
  // Files that tell about, or act on, the whole machine in spite of the namespaces: memory, keys,
  // timers, interrupts, firmware, power and heat (a side channel: CVE-2020-8694).
  linux_object.Set("maskedPaths", std::vector<std::string>{
                                      "/proc/acpi",
                                      "/proc/asound",
                                      "/proc/interrupts",
                                      "/proc/kcore",
                                      "/proc/keys",
                                      "/proc/latency_stats",
                                      "/proc/sched_debug",
                                      "/proc/scsi",
                                      "/proc/timer_list",
                                      "/proc/timer_stats",
                                      "/sys/devices/virtual/powercap",
                                      "/sys/firmware",
                                  });
  linux_object.Set("readonlyPaths", ReadonlyPaths(input.system_container));
}

}  // namespace isulad::spec
