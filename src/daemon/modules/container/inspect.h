// inspect: everything about one container, under the names that iSula and Docker share.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_H_

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/json/value.h"

namespace isulad::container {

// One JSON object; the keys are listed in docs/architecture.md, "inspect".
Result<json::Value> Inspect(const Context& context, const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_INSPECT_H_
