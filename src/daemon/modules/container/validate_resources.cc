#include "daemon/modules/container/validate_resources.h"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/modules/container/device_nodes.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"
#include "utils/os/system_info.h"

namespace isulad::container {
namespace {

constexpr char kHugePages[] = "/sys/kernel/mm/hugepages/hugepages-";

Error Lacks(std::string_view flag, std::string_view controller) {
  return InvalidArgument("--" + std::string(flag) + " needs the cgroup controller " +
                         Quote(controller) + ", which this machine has not");
}

// What each option needs of the machine.
Status CheckControllers(const cgroup::Hierarchy& cgroups, const spec::ResourceOptions& options) {
  const std::string io = cgroups.layout() == cgroup::Layout::kV2 ? "io" : "blkio";
  const struct {
    bool given;
    std::string_view flag;
    std::string controller;
  } needs[] = {
      {options.memory_reservation != 0, "memory-reservation", "memory"},
      {options.oom_kill_disable, "oom-kill-disable", "memory"},
      {options.cpu_shares != 0, "cpu-shares", "cpu"},
      {options.cpu_period != 0, "cpu-period", "cpu"},
      {options.cpu_quota > 0, "cpu-quota", "cpu"},
      {!options.cpuset_cpus.empty(), "cpuset-cpus", "cpuset"},
      {!options.cpuset_mems.empty(), "cpuset-mems", "cpuset"},
      {options.blkio_weight != 0, "blkio-weight", io},
      {!options.device_rates.empty(), "device-read-bps and its like", io},
      {!options.hugetlb.empty(), "hugetlb-limit", "hugetlb"},
  };
  for (const auto& need : needs) {
    if (need.given && !cgroups.HasController(need.controller)) {
      return Lacks(need.flag, need.controller);
    }
  }
  if (options.oom_kill_disable && cgroups.layout() == cgroup::Layout::kV2) {
    return InvalidArgument("--oom-kill-disable: cgroup version 2 cannot switch the OOM killer off");
  }
  return OkStatus();
}

Status CheckList(std::string_view flag, const std::string& list, const std::string& available) {
  if (list.empty()) {
    return OkStatus();
  }
  Status checked = CheckNumberList(list, available);
  return checked
             ? checked
             : Status(InvalidArgument("--" + std::string(flag) + " " + checked.error().message()));
}

Result<std::vector<DeviceRate>> ReadRates(const LimitTexts& texts) {
  std::vector<DeviceRate> rates;
  for (size_t kind = 0; kind < std::size(kDeviceRateKinds); ++kind) {
    for (const std::string& text : texts.device_rates[kind]) {
      Result<DeviceRate> rate = ParseDeviceRate(kDeviceRateKinds[kind], text);
      if (!rate) {
        return std::move(rate).error().AddContext(
            "--" + std::string(DeviceRateName(kDeviceRateKinds[kind])));
      }
      rates.push_back(*std::move(rate));
    }
  }
  RETURN_IF_ERROR(LookAtRates(rates));
  return rates;
}

Result<std::vector<HugetlbLimit>> ReadHugetlb(const std::vector<std::string>& texts) {
  std::vector<HugetlbLimit> limits;
  for (const std::string& text : texts) {
    Result<HugetlbLimit> limit = ParseHugetlbLimit(text);
    if (!limit) {
      return std::move(limit).error().AddContext("--hugetlb-limit");
    }
    if (limit->page_size == 0) {
      ASSIGN_OR_RETURN(limit->page_size, os::HugePageSize());
    }
    if (!os::PathExists(kHugePages + std::to_string(limit->page_size >> 10) + "kB")) {
      return InvalidArgument("--hugetlb-limit " + Quote(text) + ": this machine has no pages of " +
                             HugePageName(limit->page_size));
    }
    limits.push_back(*limit);
  }
  return limits;
}

}  // namespace

Status CheckLimits(const Context& context, const spec::ResourceOptions& options) {
  RETURN_IF_ERROR(spec::ValidateResources(options, context.settings.processors));
  RETURN_IF_ERROR(CheckControllers(*context.modules.cgroups, options));
  RETURN_IF_ERROR(CheckList("cpuset-cpus", options.cpuset_cpus, os::OnlineProcessors()));
  return CheckList("cpuset-mems", options.cpuset_mems, os::OnlineMemoryNodes());
}

Result<spec::ResourceOptions> ValidateLimits(const Context& context,
                                             const spec::ResourceOptions& numbers,
                                             const LimitTexts& texts) {
  if (texts.files != 0 && texts.files != -1) {
    return InvalidArgument("--files-limit " + Quote(std::to_string(texts.files)) +
                           " needs the cgroup controller \"files\", which no mainline kernel has: "
                           "--ulimit nofile=NUMBER limits each process");
  }
  spec::ResourceOptions options = numbers;
  ASSIGN_OR_RETURN(options.device_rates, ReadRates(texts));
  ASSIGN_OR_RETURN(options.hugetlb, ReadHugetlb(texts.hugetlb));
  RETURN_IF_ERROR(CheckLimits(context, options));
  return options;
}

}  // namespace isulad::container
