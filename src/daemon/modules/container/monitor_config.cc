#include "daemon/modules/container/monitor_config.h"

#include <linux/capability.h>

#include <set>
#include <utility>

#include "utils/os/system_info.h"

namespace isulad::container {
namespace {

// Has the runtime start in an almost empty mount namespace instead of the daemon's: it would copy
// that once or twice, and take the copies apart again, with everything that is mounted on the host.
Status AddNamespace(const os::BareNamespace* bare, const std::vector<std::string>& sources,
                    shim::Config& config) {
  if (bare == nullptr || sources.empty()) {
    return OkStatus();
  }
  std::set<std::string> missing;
  for (const std::string& source : sources) {
    ASSIGN_OR_RETURN(const std::vector<std::string> points, os::MountPointsTo(source));
    missing.insert(points.begin(), points.end());
  }
  for (const std::string& known : bare->mount_points) {
    missing.erase(known);
  }
  for (const std::string& source : sources) {
    missing.erase(source);  // with what is mounted in it
  }
  config.namespace_mounts.assign(missing.begin(), missing.end());
  config.namespace_trees = sources;
  return OkStatus();
}

}  // namespace

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

Result<shim::Config> RunMonitorConfig(const Context& context, const Container& container,
                                      const runtime::OciRuntime& runtime,
                                      const std::vector<std::string>& mount_sources) {
  const ContainerConfig& asked = container.config();
  const std::string directory = context.RunDirectory(container.id());
  const std::string durable = context.modules.store->DirectoryOf(container.id());
  shim::Config config = CommonMonitorConfig(context, container, runtime, directory);
  config.start_command =
      runtime.StartCommand({container.id(), directory, directory + "/" + shim::kPidFileName,
                            directory + "/" + shim::kRuntimeLogName,
                            asked.process().terminal() ? shim::kConsoleSocketName : ""});
  config.hide_unified_cgroup = runtime.NeedsUnifiedCgroupHidden();
  config.terminal = asked.process().terminal();
  config.open_stdin = asked.process().open_stdin();
  config.stdin_once = asked.process().stdin_once();
  if (asked.log.driver == logs::Driver::kJsonFile) {
    config.log_path = durable + "/log.json";
    config.log_max_bytes = asked.log.max_bytes;
    config.log_max_files = asked.log.max_files;
  }
  config.exit_record_path = context.modules.store->ExitRecordPath(container.id());
  config.exit_record_spare_path = context.modules.store->SpareExitRecordPath(container.id());
  config.exit_record_durable = !asked.host().auto_remove();
  RETURN_IF_ERROR(AddNamespace(context.modules.runtime_namespace, mount_sources, config));
  return config;
}

}  // namespace isulad::container
