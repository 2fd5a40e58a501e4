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
// /proc/sys/kernel/random/boot_id without the newline: changes with every boot.
Result<std::string> BootId();
// uname(2) release: "6.1.0-18-amd64".
std::string KernelRelease();
// "x86_64", "aarch64"
std::string Machine();
std::string HostName();
// /etc/os-release PRETTY_NAME, "" where there is none.
std::string OperatingSystem();
// Processors that this process may use.
int ProcessorCount();
// Lists such as "0-3" of what is there.
std::string OnlineProcessors();
std::string OnlineMemoryNodes();
// Bytes of a huge page, unless another size is asked for. kFailedPrecondition where there are none.
Result<uint64_t> HugePageSize();
// Bits of the effective capability set of the calling thread (capget(2)).
Result<uint64_t> EffectiveCapabilities();
// Lets this process have as many descriptors as its hard limit allows; returns the soft limit that
// it had, which is what a program should have that it starts for others.
Result<uint64_t> RaiseDescriptorLimit();
// /proc/self/oom_score_adj, -1000 to 1000.
Result<int64_t> OomScoreAdj();

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_SYSTEM_INFO_H_
