// update: other limits, or another restart policy, for a container that runs or not.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_UPDATE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_UPDATE_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// For the holder of the operation slot. The configuration on disk has the new limits before the
// kernel has them: a daemon that begins after a crash in between sets them. On an error nothing is
// changed. Returns warnings.
Result<std::vector<std::string>> Update(Context& context,
                                        const std::shared_ptr<Container>& container,
                                        const UpdateRequest& request);

// What `request` makes of a configuration. kInvalidArgument where that is no possible one, or the
// request is empty.
Status ApplyRequest(const UpdateRequest& request, ContainerConfig& config);

// Sets what the configuration says of a container that is up: a change, of a channel's size too,
// that the last daemon did not finish.
void RecoverLimits(const Context& context, const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_UPDATE_H_
