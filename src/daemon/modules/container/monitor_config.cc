#include "daemon/modules/container/monitor_config.h"

#include <linux/capability.h>

#include <utility>

#include "utils/os/system_info.h"

namespace isulad::container {

int64_t LowestOomScoreAdj(const Context& context) {
  const bool may_lower = (context.settings.capabilities >> CAP_SYS_RESOURCE & 1) != 0;
  return may_lower ? spec::kLowestOomScoreAdj : os::OomScoreAdj().value_or(0);
}

shim::Config CommonMonitorConfig(const Context& context, const Container& container,
                                 const runtime::OciRuntime& runtime, std::string directory) {
  shim::Config config;
  config.id = container.id();
  config.directory = std::move(directory);
  config.environment = runtime.Environment();
  config.own_cgroups = context.modules.cgroups->MonitorDirectories(context.MonitorCgroupPath());
  config.v1_tasks = context.modules.cgroups->layout() != cgroup::Layout::kV2;
  config.oom_score_adj =
      static_cast<int32_t>(spec::OomScoreAdj(container.limits(), LowestOomScoreAdj(context)));
  return config;
}

}  // namespace isulad::container
