#include "daemon/modules/container/validate_resources.h"

#include <string>
#include <string_view>
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

Status CheckControllers(const cgroup::Hierarchy& cgroups, const spec::ResourceLimits& limits) {
  const bool version_2 = cgroups.layout() == cgroup::Layout::kV2;
  for (const spec::NeededController& needed : spec::ControllersFor(limits)) {
    const std::string controller(
        needed.controller == spec::kIoController && !version_2 ? "blkio" : needed.controller);
    if (!cgroups.HasController(controller)) {
      return Lacks(needed.flag, controller);
    }
  }
  if (limits.oom_kill_disable() && version_2) {
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

}  // namespace

Status CheckLimits(const Context& context, const spec::ResourceLimits& limits) {
  RETURN_IF_ERROR(spec::ValidateResources(limits, context.settings.processors));
  RETURN_IF_ERROR(CheckControllers(*context.modules.cgroups, limits));
  RETURN_IF_ERROR(CheckList("cpuset-cpus", limits.cpuset_cpus(), os::OnlineProcessors()));
  return CheckList("cpuset-mems", limits.cpuset_mems(), os::OnlineMemoryNodes());
}

Status CheckNewLimits(const Context& context, const spec::ResourceLimits& limits) {
  if (limits.files_limit() != 0 && limits.files_limit() != -1) {
    return InvalidArgument("--files-limit " + Quote(std::to_string(limits.files_limit())) +
                           " needs the cgroup controller \"files\", which no mainline kernel has: "
                           "--ulimit nofile=NUMBER limits each process");
  }
  RETURN_IF_ERROR(LookAtRates(limits));
  return CheckLimits(context, limits);
}

Status ResolveHugetlb(spec::ResourceLimits& limits) {
  ASSIGN_OR_RETURN(std::vector<HugetlbLimit> parsed, spec::HugetlbLimitsOf(limits));
  for (size_t i = 0; i < parsed.size(); ++i) {
    std::string& text = *limits.mutable_hugetlb_limits(static_cast<int>(i));
    if (parsed[i].page_size == 0) {
      ASSIGN_OR_RETURN(parsed[i].page_size, os::HugePageSize());
    }
    if (!os::PathExists(kHugePages + std::to_string(parsed[i].page_size >> 10) + "kB")) {
      return InvalidArgument("--hugetlb-limit " + Quote(text) + ": this machine has no pages of " +
                             HugePageName(parsed[i].page_size));
    }
    text = FormatHugetlbLimit(parsed[i]);
  }
  return OkStatus();
}

}  // namespace isulad::container
