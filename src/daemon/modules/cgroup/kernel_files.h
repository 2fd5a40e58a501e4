// Names that the kernel gives to cgroup files (Documentation/admin-guide/cgroup-v1 and
// cgroup-v2.rst), once.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_
#define ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_

namespace isulad::cgroup {

// Both versions.
inline constexpr char kProcs[] = "cgroup.procs";

// Version 2.
inline constexpr char kControllers[] = "cgroup.controllers";
inline constexpr char kEvents[] = "cgroup.events";
inline constexpr char kKill[] = "cgroup.kill";  // Linux 5.14
inline constexpr char kMemoryMax[] = "memory.max";
inline constexpr char kMemoryCurrent[] = "memory.current";
inline constexpr char kMemoryEvents[] = "memory.events";
inline constexpr char kMemorySwapMax[] = "memory.swap.max";
inline constexpr char kUnlimited[] = "max";

// Version 1.
inline constexpr char kMemoryLimit[] = "memory.limit_in_bytes";
inline constexpr char kMemoryUsage[] = "memory.usage_in_bytes";
inline constexpr char kMemoryOomControl[] = "memory.oom_control";
inline constexpr char kMemoryAndSwapLimit[] = "memory.memsw.limit_in_bytes";
inline constexpr char kFreezerState[] = "freezer.state";

// Keys in kEvents, and in kMemoryEvents and kMemoryOomControl.
inline constexpr char kPopulated[] = "populated";
inline constexpr char kOomKill[] = "oom_kill";

// Directories below /sys/fs/cgroup.
inline constexpr char kSystemdDirectory[] = "systemd";
inline constexpr char kUnifiedDirectory[] = "unified";

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_KERNEL_FILES_H_
