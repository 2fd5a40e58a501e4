#include "daemon/modules/spec/resource_options.h"

#include <string_view>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

// Less than this does not even hold the runtime's own first process.
constexpr int64_t kMinMemory = 6 << 20;
// The kernel's shortest quota is 1 ms in a period of 100 ms.
constexpr int64_t kMinNanoCpus = 10'000'000;
constexpr int64_t kNanoCpusPerCpu = 1'000'000'000;
constexpr int64_t kDefaultPeriod = 100'000;  // microseconds
constexpr int64_t kUnlimited = -1;

struct Range {
  int64_t first;
  int64_t last;
};
constexpr Range kSwappiness = {0, 100};
constexpr Range kCpuShares = {2, 262144};
constexpr Range kCpuPeriod = {1000, 1'000'000};
constexpr int64_t kMinCpuQuota = 1000;
constexpr Range kBlkioWeight = {10, 1000};
constexpr Range kOomScoreAdj = {kLowestOomScoreAdj, 1000};

Error MemoryError(std::string_view flag, int64_t value, const std::string& reason) {
  const std::string shown =
      value >= 0 ? FormatByteSize(static_cast<uint64_t>(value)) : std::to_string(value);
  return InvalidArgument("--" + std::string(flag) + " " + Quote(shown) + " " + reason);
}

Status ValidateMemoryLimits(const ResourceOptions& options) {
  if (options.memory != 0 && options.memory < kMinMemory) {
    return MemoryError("memory", options.memory, "is below the least that a container needs, 6M");
  }
  if (options.memory_swap == 0 || options.memory_swap == kUnlimited) {
    return OkStatus();
  }
  if (options.memory_swap < 0) {
    return MemoryError("memory-swap", options.memory_swap, "must be -1 (unlimited) or a size");
  }
  if (options.memory == 0) {
    return MemoryError("memory-swap", options.memory_swap, "needs --memory as well");
  }
  if (options.memory_swap < options.memory) {
    return MemoryError("memory-swap", options.memory_swap,
                       "counts memory and swap together, so it must be at least --memory, " +
                           FormatByteSize(static_cast<uint64_t>(options.memory)));
  }
  return OkStatus();
}

Status CheckRange(std::string_view flag, int64_t value, const Range& range) {
  if (value < range.first || value > range.last) {
    return InvalidArgument("--" + std::string(flag) + " " + Quote(std::to_string(value)) +
                           " must be between " + std::to_string(range.first) + " and " +
                           std::to_string(range.last));
  }
  return OkStatus();
}

Status ValidateMemory(const ResourceOptions& options) {
  RETURN_IF_ERROR(ValidateMemoryLimits(options));
  if (options.memory_reservation < 0) {
    return MemoryError("memory-reservation", options.memory_reservation, "must be a size");
  }
  if (options.memory != 0 && options.memory_reservation > options.memory) {
    return MemoryError(
        "memory-reservation", options.memory_reservation,
        "must not be above --memory, " + FormatByteSize(static_cast<uint64_t>(options.memory)));
  }
  if (options.memory_swappiness != kSwappinessNotGiven) {
    RETURN_IF_ERROR(CheckRange("memory-swappiness", options.memory_swappiness, kSwappiness));
  }
  if (options.oom_score_adj) {
    RETURN_IF_ERROR(CheckRange("oom-score-adj", *options.oom_score_adj, kOomScoreAdj));
  }
  if (options.oom_kill_disable && options.memory == 0) {
    return InvalidArgument("--oom-kill-disable needs --memory: it would stop the whole machine");
  }
  return OkStatus();
}

Status ValidateCpuTime(const ResourceOptions& options, int processors) {
  if (options.nano_cpus != 0 &&
      (options.nano_cpus < kMinNanoCpus || options.nano_cpus > processors * kNanoCpusPerCpu)) {
    return InvalidArgument("--cpus must be between 0.01 and " + std::to_string(processors) +
                           ", the processors of this machine");
  }
  if (options.nano_cpus != 0 && (options.cpu_period != 0 || options.cpu_quota != 0)) {
    return InvalidArgument("--cpus and --cpu-period or --cpu-quota exclude one another");
  }
  if (options.cpu_period != 0) {
    RETURN_IF_ERROR(CheckRange("cpu-period", options.cpu_period, kCpuPeriod));
  }
  if (options.cpu_quota != 0 && options.cpu_quota != kUnlimited &&
      options.cpu_quota < kMinCpuQuota) {
    return InvalidArgument("--cpu-quota " + Quote(std::to_string(options.cpu_quota)) +
                           " must be -1 (unlimited) or at least " + std::to_string(kMinCpuQuota) +
                           " microseconds");
  }
  if (options.cpu_shares != 0) {
    RETURN_IF_ERROR(CheckRange("cpu-shares", options.cpu_shares, kCpuShares));
  }
  return OkStatus();
}

Status ValidateList(std::string_view flag, const std::string& list) {
  if (list.empty()) {
    return OkStatus();
  }
  const auto ranges = ParseNumberList(list);
  return ranges
             ? OkStatus()
             : Status(InvalidArgument("--" + std::string(flag) + " " + ranges.error().message()));
}

}  // namespace

CpuTime CpuTimeOf(const ResourceOptions& options) {
  if (options.nano_cpus == 0) {
    return {options.cpu_quota, options.cpu_period};
  }
  // Processors to billionths: 10^9 * 10^5 would overflow for 92,000 of them.
  return {options.nano_cpus / (kNanoCpusPerCpu / kDefaultPeriod), kDefaultPeriod};
}

Status ValidateResources(const ResourceOptions& options, int processors) {
  RETURN_IF_ERROR(ValidateMemory(options));
  RETURN_IF_ERROR(ValidateCpuTime(options, processors));
  RETURN_IF_ERROR(ValidateList("cpuset-cpus", options.cpuset_cpus));
  RETURN_IF_ERROR(ValidateList("cpuset-mems", options.cpuset_mems));
  if (options.pids_limit < kUnlimited) {
    return InvalidArgument("--pids-limit " + Quote(std::to_string(options.pids_limit)) +
                           " must be -1 (unlimited) or positive");
  }
  if (options.blkio_weight != 0) {
    RETURN_IF_ERROR(CheckRange("blkio-weight", options.blkio_weight, kBlkioWeight));
  }
  return OkStatus();
}

}  // namespace isulad::spec
