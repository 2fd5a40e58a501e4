#include "daemon/modules/cgroup/cpu_limits.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "daemon/modules/cgroup/kernel_files.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::cgroup {
namespace {

constexpr int64_t kDefaultPeriod = 100'000;  // microseconds

Status Write(const std::string& directory, const char* file, const std::string& text) {
  return os::WriteKernelFile(directory + "/" + file, text);
}

// Converts shares of version 1 to a weight of version 2 as crun and runc do.
uint64_t WeightOfShares(uint64_t shares) {
  constexpr uint64_t kLowest = 2;
  constexpr uint64_t kHighest = 262144;
  shares = std::clamp(shares, kLowest, kHighest);
  return 1 + (shares - kLowest) * 9999 / (kHighest - kLowest);
}

// The kernel checks a quota against the period in force. The quota is lifted first, as without one
// any period is valid.
Status SetTimeV1(const std::string& directory, const CpuLimits& limits) {
  if (limits.quota == 0 && limits.period == 0) {
    return OkStatus();
  }
  RETURN_IF_ERROR(Write(directory, kCpuQuotaV1, "-1"));
  if (limits.period != 0) {
    RETURN_IF_ERROR(Write(directory, kCpuPeriodV1, std::to_string(limits.period)));
  }
  return limits.quota > 0 ? Write(directory, kCpuQuotaV1, std::to_string(limits.quota))
                          : OkStatus();
}

std::string TimeV2(const CpuLimits& limits) {
  const int64_t period = limits.period == 0 ? kDefaultPeriod : limits.period;
  return (limits.quota > 0 ? std::to_string(limits.quota) : kUnlimited) +
         (" " + std::to_string(period));
}

Status SetSets(const std::string& directory, const CpuLimits& limits) {
  if (!limits.cpus.empty()) {
    RETURN_IF_ERROR(Write(directory, kCpusetCpus, limits.cpus));
  }
  return limits.mems.empty() ? OkStatus() : Write(directory, kCpusetMems, limits.mems);
}

}  // namespace

Status SetCpuLimitsV1(const DirectoryOfController& directory_of, const CpuLimits& limits) {
  if (limits.shares != 0 || limits.quota != 0 || limits.period != 0) {
    ASSIGN_OR_RETURN(const std::string directory, directory_of("cpu"));
    if (limits.shares != 0) {
      RETURN_IF_ERROR(Write(directory, kCpuSharesV1, std::to_string(limits.shares)));
    }
    RETURN_IF_ERROR(SetTimeV1(directory, limits));
  }
  if (limits.cpus.empty() && limits.mems.empty()) {
    return OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string directory, directory_of("cpuset"));
  return SetSets(directory, limits);
}

Status SetCpuLimitsV2(const std::string& directory, const CpuLimits& limits) {
  if (limits.shares != 0) {
    RETURN_IF_ERROR(Write(directory, kCpuWeight,
                          std::to_string(WeightOfShares(static_cast<uint64_t>(limits.shares)))));
  }
  if (limits.quota != 0 || limits.period != 0) {
    RETURN_IF_ERROR(Write(directory, kCpuMax, TimeV2(limits)));
  }
  return SetSets(directory, limits);
}

}  // namespace isulad::cgroup
