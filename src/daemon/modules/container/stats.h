// stats: the resources that containers use right now.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_STATS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_STATS_H_

#include <string>
#include <vector>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// Implements Service::Stats().
Result<std::vector<ContainerStats>> ReadStats(const Context& context,
                                              const std::vector<std::string>& references, bool all);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_STATS_H_
