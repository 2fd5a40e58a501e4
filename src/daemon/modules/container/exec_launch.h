// What every further process in a container is started from, a user's exec or a health check: its
// description for the runtime, and its monitor's configuration.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_EXEC_LAUNCH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_EXEC_LAUNCH_H_

#include <string>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/runtime/oci_runtime.h"
#include "daemon/modules/spec/options.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"

namespace isulad::container {

// Makes `directory`, the monitor's, and writes the process into it. What it leaves where it fails
// is the caller's to remove.
Status WriteExecProcess(const Context& context, const Container& container,
                        const spec::ProcessConfig& process, shim::WindowSize window,
                        const std::string& directory);

// For a process written there: its standard input ends with the first client's that has it.
Result<shim::Config> ExecMonitorConfig(const Context& context, const Container& container,
                                       const runtime::OciRuntime& runtime, bool terminal,
                                       const std::string& directory);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_EXEC_LAUNCH_H_
