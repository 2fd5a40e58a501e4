// logs: the output that a container has written, and that it goes on to write.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_LOGS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_LOGS_H_

#include <memory>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "daemon/modules/logs/log_stream.h"
#include "utils/base/result.h"

namespace isulad::container {

// Implements Service::Logs(). kFailedPrecondition if the container keeps no log.
Result<std::unique_ptr<logs::LogStream>> Logs(Context& context, const LogsRequest& request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_LOGS_H_
