// create: checks everything, reserves the name and the host paths, and writes the container's
// directory.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_CREATE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_CREATE_H_

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// On an error nothing is left behind. Once this has returned, a power cut does not lose the
// container, unless it is one that is removed when it ends.
Result<CreateReply> Create(Context& context, const std::string& name,
                           const spec::ContainerSpec& spec);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_CREATE_H_
