// attach: connects a client to the streams of a container, which the same request may start.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_ATTACH_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_ATTACH_H_

#include <memory>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

Task<Result<std::unique_ptr<Session>>> Attach(Context& context, AttachRequest request,
                                              std::shared_ptr<SessionObserver> observer);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_ATTACH_H_
