// The configuration of monitors: of a container's run, and what an exec's has in common with it.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "shim_protocol/messages.h"
#include "utils/base/result.h"

namespace isulad::container {

// What a process that the daemon starts can be given: without CAP_SYS_RESOURCE nobody can lower
// what he has, and it is passed on.
int64_t LowestOomScoreAdj(const Context& context);

// `directory`: the monitor's own. The start command, the terminal and the streams are the caller's
// to add.
shim::Config CommonMonitorConfig(const Context& context, const Container& container,
                                 const runtime::OciRuntime& runtime, std::string directory);

// For the monitor of a run, without what a first client asks for. `mount_sources`: the mounts of
// the host that the runtime needs, empty if all of them may be; see Bundle::sources. Fails if the
// mount table cannot be read.
Result<shim::Config> RunMonitorConfig(const Context& context, const Container& container,
                                      const runtime::OciRuntime& runtime,
                                      const std::vector<std::string>& mount_sources);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_
