#include "daemon/modules/container/exec_launch.h"

#include "daemon/modules/container/bundle.h"
#include "daemon/modules/container/monitor_config.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

constexpr char kProcessFile[] = "process.json";

// Beside an init that manages cgroups, a process in its root would keep it from giving its services
// controllers: systemd that is joined while it boots has none then, for as long as it runs.
Result<std::string> CgroupOf(const Context& context, const Container& container) {
  if (!container.config().host().system_container()) {
    return std::string();
  }
  return context.modules.cgroups->MakeExecCgroup(context.CgroupPath(container.config()));
}

}  // namespace

Status WriteExecProcess(const Context& context, const Container& container,
                        const spec::ProcessConfig& process, shim::WindowSize window,
                        const std::string& directory) {
  ASSIGN_OR_RETURN(const json::Value written, BuildExec(context, container, process, window));
  RETURN_IF_ERROR(os::MakeDirectories(directory, 0700));
  return os::WriteFileAtomic(directory + "/" + kProcessFile, json::Serialize(written), 0600,
                             os::Sync::kNone);
}

Result<shim::Config> ExecMonitorConfig(const Context& context, const Container& container,
                                       const runtime::OciRuntime& runtime, bool terminal,
                                       const std::string& directory) {
  ASSIGN_OR_RETURN(const std::string cgroup, CgroupOf(context, container));
  shim::Config config = CommonMonitorConfig(context, container, runtime, directory);
  config.start_command = runtime.ExecCommand(
      {container.id(), directory + "/" + kProcessFile, directory + "/" + shim::kPidFileName,
       directory + "/" + shim::kRuntimeLogName, terminal ? shim::kConsoleSocketName : "", cgroup});
  config.umask = context.settings.umask;  // runc leaves it to that
  config.terminal = terminal;
  config.stdin_once = true;
  return config;
}

}  // namespace isulad::container
