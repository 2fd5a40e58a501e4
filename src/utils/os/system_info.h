// Facts about the machine.
#ifndef ISULAD_UTILS_OS_SYSTEM_INFO_H_
#define ISULAD_UTILS_OS_SYSTEM_INFO_H_

#include <cstdint>
#include <string>

#include "utils/base/result.h"

namespace isulad::os {

// Bytes; sysconf(_SC_PAGESIZE).
uint64_t PageSize();
// Bytes of physical memory; sysinfo(2).
Result<uint64_t> PhysicalMemory();
// /proc/sys/kernel/random/boot_id without the newline; changes with every boot.
Result<std::string> BootId();
// The release in uname(2): "6.1.0-18-amd64".
std::string KernelRelease();
// "x86_64", "aarch64"
std::string Machine();
std::string HostName();
// PRETTY_NAME in /etc/os-release, "" if there is none.
std::string OperatingSystem();
// Processors that this process may use.
int ProcessorCount();
// Lists such as "0-3" of what is online.
std::string OnlineProcessors();
std::string OnlineMemoryNodes();
// The default huge page size in bytes. kFailedPrecondition if there are no huge pages.
Result<uint64_t> HugePageSize();
// The bits of the effective capability set of the calling thread (capget(2)).
Result<uint64_t> EffectiveCapabilities();
// Raises this process's soft limit of descriptors to its hard limit. Returns the previous soft
// limit, which programs that this process starts for others should get.
Result<uint64_t> RaiseDescriptorLimit();
// /proc/self/oom_score_adj, -1000 to 1000.
Result<int64_t> OomScoreAdj();

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_SYSTEM_INFO_H_
