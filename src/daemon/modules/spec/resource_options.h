// What a user can ask of a container's resources: the limits of create and update, as values.
#ifndef ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_
#define ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "utils/base/limit_text.h"
#include "utils/base/result.h"

namespace isulad::spec {

inline constexpr int64_t kSwappinessNotGiven = -1;
inline constexpr int64_t kLowestOomScoreAdj = -1000;

struct ResourceOptions {
  int64_t memory = 0;              // bytes; 0: no limit
  int64_t memory_swap = 0;         // bytes, memory and swap together; 0: not given, -1: unlimited
  int64_t nano_cpus = 0;           // 10^-9 processors; 0: no limit
  int64_t pids_limit = 0;          // 0: not given, -1: unlimited
  int64_t memory_reservation = 0;  // bytes; 0: none
  int64_t memory_swappiness = kSwappinessNotGiven;  // 0 to 100
  bool oom_kill_disable = false;
  int64_t cpu_shares = 0;     // weight, 1024 being the kernel's own; 0: not given
  int64_t cpu_period = 0;     // microseconds; 0: not given
  int64_t cpu_quota = 0;      // microseconds in a period; 0: not given, -1: unlimited
  std::string cpuset_cpus{};  // "0-2,4"; empty: all
  std::string cpuset_mems{};
  int64_t blkio_weight = 0;  // 0: not given
  std::vector<DeviceRate> device_rates{};
  std::vector<HugetlbLimit> hugetlb{};     // page sizes are given
  std::optional<int64_t> oom_score_adj{};  // -1000 to 1000; nothing: 0
  friend bool operator==(const ResourceOptions&, const ResourceOptions&) = default;
};

// The quota and period that --cpus, or --cpu-quota and --cpu-period, stand for; 0: not given.
struct CpuTime {
  int64_t quota = 0;  // microseconds; -1: unlimited
  int64_t period = 0;
};
CpuTime CpuTimeOf(const ResourceOptions& options);

// What a process gets where nothing below `lowest` can be given.
int64_t OomScoreAdj(const ResourceOptions& options, int64_t lowest);

// Checks that need no system: memory at least 6 MiB where given, swap at least memory and not
// without it, cpus not above `processors`, ... The message names the option as the command line
// spells it.
Status ValidateResources(const ResourceOptions& options, int processors);

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_RESOURCE_OPTIONS_H_
