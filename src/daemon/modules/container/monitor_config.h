// What the monitor of a container and those of its execs are told alike.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_

#include <cstdint>
#include <string>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "shim_protocol/messages.h"

namespace isulad::container {

// What a process that the daemon starts can be given: without CAP_SYS_RESOURCE nobody can lower
// what he has, and it is passed on.
int64_t LowestOomScoreAdj(const Context& context);

// `directory`: the monitor's own. The start command, the terminal and the streams are the caller's
// to add.
shim::Config CommonMonitorConfig(const Context& context, const Container& container,
                                 const runtime::OciRuntime& runtime, std::string directory);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_MONITOR_CONFIG_H_
