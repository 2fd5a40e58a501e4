// rm: takes a container away with everything that was made for it. Every step can be repeated.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_REMOVE_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_REMOVE_H_

#include <memory>
#include <string>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/base/task.h"

namespace isulad::container {

// Removes a container that does not run; with `force` kills it first, and forgets a channel that
// cannot be removed. Returns notices for the user. Where it fails, the container is still there.
Task<Result<std::vector<std::string>>> Remove(Context& context,
                                              std::shared_ptr<Container> container, bool force);

// The removal that --rm asked for, by a caller that holds the container's operation slot. A failure
// is logged, and the container stays.
void RemoveAtEnd(Context& context, const std::shared_ptr<Container>& container);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_REMOVE_H_
