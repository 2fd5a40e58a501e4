#include "daemon/modules/spec/resource_options.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <utility>

#include "utils/base/byte_size.h"
#include "utils/base/strings.h"

namespace isulad::spec {
namespace {

// Less than this is not enough even for the runtime's own first process.
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

Status ValidateMemoryLimits(const ResourceLimits& limits) {
  if (limits.memory() != 0 && limits.memory() < kMinMemory) {
    return MemoryError("memory", limits.memory(), "is below the least that a container needs, 6M");
  }
  if (limits.memory_swap() == 0 || limits.memory_swap() == kUnlimited) {
    return OkStatus();
  }
  if (limits.memory_swap() < 0) {
    return MemoryError("memory-swap", limits.memory_swap(), "must be -1 (unlimited) or a size");
  }
  if (limits.memory() == 0) {
    return MemoryError("memory-swap", limits.memory_swap(), "needs --memory as well");
  }
  if (limits.memory_swap() < limits.memory()) {
    return MemoryError("memory-swap", limits.memory_swap(),
                       "counts memory and swap together, so it must be at least --memory, " +
                           FormatByteSize(static_cast<uint64_t>(limits.memory())));
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

Status ValidateMemory(const ResourceLimits& limits) {
  RETURN_IF_ERROR(ValidateMemoryLimits(limits));
  if (limits.memory_reservation() < 0) {
    return MemoryError("memory-reservation", limits.memory_reservation(), "must be a size");
  }
  if (limits.memory() != 0 && limits.memory_reservation() > limits.memory()) {
    return MemoryError(
        "memory-reservation", limits.memory_reservation(),
        "must not be above --memory, " + FormatByteSize(static_cast<uint64_t>(limits.memory())));
  }
  if (limits.has_memory_swappiness()) {
    RETURN_IF_ERROR(CheckRange("memory-swappiness", limits.memory_swappiness(), kSwappiness));
  }
  if (limits.has_oom_score_adj()) {
    RETURN_IF_ERROR(CheckRange("oom-score-adj", limits.oom_score_adj(), kOomScoreAdj));
  }
  if (limits.oom_kill_disable() && limits.memory() == 0) {
    return InvalidArgument("--oom-kill-disable needs --memory: it would stop the whole machine");
  }
  return OkStatus();
}

Status ValidateCpuTime(const ResourceLimits& limits, int processors) {
  if (limits.nano_cpus() != 0 &&
      (limits.nano_cpus() < kMinNanoCpus || limits.nano_cpus() > processors * kNanoCpusPerCpu)) {
    return InvalidArgument("--cpus must be between 0.01 and " + std::to_string(processors) +
                           ", the processors of this machine");
  }
  if (limits.nano_cpus() != 0 && (limits.cpu_period() != 0 || limits.cpu_quota() != 0)) {
    return InvalidArgument("--cpus and --cpu-period or --cpu-quota exclude one another");
  }
  if (limits.cpu_period() != 0) {
    RETURN_IF_ERROR(CheckRange("cpu-period", limits.cpu_period(), kCpuPeriod));
  }
  if (limits.cpu_quota() != 0 && limits.cpu_quota() != kUnlimited &&
      limits.cpu_quota() < kMinCpuQuota) {
    return InvalidArgument("--cpu-quota " + Quote(std::to_string(limits.cpu_quota())) +
                           " must be -1 (unlimited) or at least " + std::to_string(kMinCpuQuota) +
                           " microseconds");
  }
  if (limits.cpu_shares() != 0) {
    RETURN_IF_ERROR(CheckRange("cpu-shares", limits.cpu_shares(), kCpuShares));
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

CpuTime CpuTimeOf(const ResourceLimits& limits) {
  if (limits.nano_cpus() == 0) {
    return {limits.cpu_quota(), limits.cpu_period()};
  }
  // Divides first: in billionths, 92,000 processors times 10^5 would overflow.
  return {limits.nano_cpus() / (kNanoCpusPerCpu / kDefaultPeriod), kDefaultPeriod};
}

Result<std::vector<DeviceRate>> DeviceRatesOf(const ResourceLimits& limits) {
  const std::pair<DeviceRateKind, const Texts&> fields[] = {
      {DeviceRateKind::kReadBytes, limits.device_read_bps()},
      {DeviceRateKind::kWriteBytes, limits.device_write_bps()},
      {DeviceRateKind::kReadOperations, limits.device_read_iops()},
      {DeviceRateKind::kWriteOperations, limits.device_write_iops()}};
  std::vector<DeviceRate> rates;
  for (const auto& [kind, texts] : fields) {
    for (const std::string& text : texts) {
      Result<DeviceRate> rate = ParseDeviceRate(kind, text);
      if (!rate) {
        return std::move(rate).error().AddContext("--" + std::string(DeviceRateName(kind)));
      }
      rates.push_back(*std::move(rate));
    }
  }
  return rates;
}

Result<std::vector<HugetlbLimit>> HugetlbLimitsOf(const ResourceLimits& limits) {
  std::vector<HugetlbLimit> parsed;
  for (const std::string& text : limits.hugetlb_limits()) {
    Result<HugetlbLimit> limit = ParseHugetlbLimit(text);
    if (!limit) {
      return std::move(limit).error().AddContext("--hugetlb-limit");
    }
    parsed.push_back(*limit);
  }
  return parsed;
}

Status ValidateResources(const ResourceLimits& limits, int processors) {
  RETURN_IF_ERROR(ValidateMemory(limits));
  RETURN_IF_ERROR(ValidateCpuTime(limits, processors));
  RETURN_IF_ERROR(ValidateList("cpuset-cpus", limits.cpuset_cpus()));
  RETURN_IF_ERROR(ValidateList("cpuset-mems", limits.cpuset_mems()));
  if (limits.pids_limit() < kUnlimited) {
    return InvalidArgument("--pids-limit " + Quote(std::to_string(limits.pids_limit())) +
                           " must be -1 (unlimited) or positive");
  }
  if (limits.blkio_weight() != 0) {
    RETURN_IF_ERROR(CheckRange("blkio-weight", limits.blkio_weight(), kBlkioWeight));
  }
  return OkStatus();
}

// 0 and "" mean "no limit" at create. An update can change an existing limit, but not remove it.
Status ValidateChanges(const ResourceLimits& changes) {
  const struct {
    const char* flag;
    bool given;
    int64_t value;
  } numbers[] = {
      {"memory", changes.has_memory(), changes.memory()},
      {"memory-swap", changes.has_memory_swap(), changes.memory_swap()},
      {"memory-reservation", changes.has_memory_reservation(), changes.memory_reservation()},
      {"cpus", changes.has_nano_cpus(), changes.nano_cpus()},
      {"cpu-shares", changes.has_cpu_shares(), changes.cpu_shares()},
      {"cpu-period", changes.has_cpu_period(), changes.cpu_period()},
      {"cpu-quota", changes.has_cpu_quota(), changes.cpu_quota()}};
  size_t given = 0;
  for (const auto& number : numbers) {
    if (number.given && number.value == 0) {
      return InvalidArgument("--" + std::string(number.flag) +
                             " \"0\" must not be 0: update changes a limit, and takes none away");
    }
    given += number.given ? 1 : 0;
  }
  const struct {
    const char* flag;
    bool given;
    const std::string& value;
  } lists[] = {{"cpuset-cpus", changes.has_cpuset_cpus(), changes.cpuset_cpus()},
               {"cpuset-mems", changes.has_cpuset_mems(), changes.cpuset_mems()}};
  for (const auto& list : lists) {
    if (list.given && list.value.empty()) {
      return InvalidArgument("--" + std::string(list.flag) + " \"\" must not be empty");
    }
    given += list.given ? 1 : 0;
  }
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  changes.GetReflection()->ListFields(changes, &fields);
  if (fields.size() != given) {
    return InvalidArgument("a limit was named that update cannot change");
  }
  return OkStatus();
}

std::vector<NeededController> ControllersFor(const ResourceLimits& limits) {
  const bool rates = !limits.device_read_bps().empty() || !limits.device_write_bps().empty() ||
                     !limits.device_read_iops().empty() || !limits.device_write_iops().empty();
  const struct {
    bool given;
    NeededController need;
  } all[] = {
      {limits.memory_reservation() != 0, {"memory-reservation", "memory"}},
      {limits.oom_kill_disable(), {"oom-kill-disable", "memory"}},
      {limits.cpu_shares() != 0, {"cpu-shares", "cpu"}},
      {limits.cpu_period() != 0, {"cpu-period", "cpu"}},
      {limits.cpu_quota() > 0, {"cpu-quota", "cpu"}},
      {!limits.cpuset_cpus().empty(), {"cpuset-cpus", "cpuset"}},
      {!limits.cpuset_mems().empty(), {"cpuset-mems", "cpuset"}},
      {limits.blkio_weight() != 0, {"blkio-weight", kIoController}},
      {rates, {"device-read-bps and its like", kIoController}},
      {!limits.hugetlb_limits().empty(), {"hugetlb-limit", "hugetlb"}},
  };
  std::vector<NeededController> needed;
  for (const auto& each : all) {
    if (each.given) {
      needed.push_back(each.need);
    }
  }
  return needed;
}

}  // namespace isulad::spec
