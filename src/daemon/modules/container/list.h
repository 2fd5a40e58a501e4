// ps: lists containers.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_LIST_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_LIST_H_

#include <string>
#include <vector>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// The containers, newest first. `filters`: "id=PREFIX", "name=PART", "status=WORD", "health=WORD";
// filters with the same key are alternatives, filters with different keys must all match. A status
// filter implies `all`. kInvalidArgument for an unknown key, status or health.
Result<std::vector<Summary>> List(const Context& context, bool all,
                                  const std::vector<std::string>& filters);

Counts Count(const Context& context);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_LIST_H_
