// update: changes the limits or the restart policy of a container, whether it runs or not.
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

// The caller holds the operation slot. The configuration on disk has the new limits before the
// kernel has them: if the daemon crashes in between, the next one sets them. On an error nothing is
// changed. Returns warnings.
Result<std::vector<std::string>> Update(Context& context,
                                        const std::shared_ptr<Container>& container,
                                        const UpdateRequest& request);

// Applies `request` to `config`. kInvalidArgument if the result would not be a valid configuration,
// or the request is empty.
Status ApplyRequest(const UpdateRequest& request, ContainerConfig& config);

// Sets the limits of a container that is up to what its configuration says, to finish a change,
// also one of a channel's size, that the last daemon did not finish.
void RecoverLimits(const Context& context, const Container& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_UPDATE_H_
