// The kernel's names of cgroup files (Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst), in
// one place.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_
#define ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_

namespace isulad::cgroup {

// Both versions.
inline constexpr char kProcs[] = "cgroup.procs";
inline constexpr char kMemoryStat[] = "memory.stat";
inline constexpr char kPidsCurrent[] = "pids.current";
inline constexpr char kPidsMax[] = "pids.max";
inline constexpr char kCpusetCpus[] = "cpuset.cpus";
inline constexpr char kCpusetMems[] = "cpuset.mems";

// Version 2.
inline constexpr char kControllers[] = "cgroup.controllers";
inline constexpr char kEvents[] = "cgroup.events";
inline constexpr char kKill[] = "cgroup.kill";      // Linux 5.14
inline constexpr char kFreeze[] = "cgroup.freeze";  // Linux 5.2
inline constexpr char kMemoryMax[] = "memory.max";
inline constexpr char kMemoryHigh[] = "memory.high";
inline constexpr char kMemoryCurrent[] = "memory.current";
inline constexpr char kMemoryEvents[] = "memory.events";
inline constexpr char kMemorySwapMax[] = "memory.swap.max";
inline constexpr char kUnlimited[] = "max";
inline constexpr char kCpuStat[] = "cpu.stat";
inline constexpr char kIoStat[] = "io.stat";
inline constexpr char kCpuWeight[] = "cpu.weight";
inline constexpr char kCpuMax[] = "cpu.max";
inline constexpr char kMemoryLow[] = "memory.low";

// Version 1.
inline constexpr char kMemoryLimit[] = "memory.limit_in_bytes";
inline constexpr char kMemoryUsage[] = "memory.usage_in_bytes";
inline constexpr char kMemoryOomControl[] = "memory.oom_control";
inline constexpr char kMemoryAndSwapLimit[] = "memory.memsw.limit_in_bytes";
inline constexpr char kCpuUsage[] = "cpuacct.usage";
inline constexpr char kDeviceBytes[] = "blkio.throttle.io_service_bytes_recursive";
inline constexpr char kMemorySoftLimit[] = "memory.soft_limit_in_bytes";
inline constexpr char kCpuSharesV1[] = "cpu.shares";
inline constexpr char kCpuQuotaV1[] = "cpu.cfs_quota_us";
inline constexpr char kCpuPeriodV1[] = "cpu.cfs_period_us";
inline constexpr char kFreezerState[] = "freezer.state";
inline constexpr char kFrozenV1[] = "FROZEN";
inline constexpr char kThawedV1[] = "THAWED";

// Keys in kEvents, and in kMemoryEvents and kMemoryOomControl.
inline constexpr char kPopulated[] = "populated";
inline constexpr char kFrozen[] = "frozen";
inline constexpr char kOomKill[] = "oom_kill";

// Directories below /sys/fs/cgroup.
inline constexpr char kSystemdDirectory[] = "systemd";
inline constexpr char kUnifiedDirectory[] = "unified";

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_
