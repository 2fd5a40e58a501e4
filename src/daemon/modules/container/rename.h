// rename: gives a container another name, whether it runs or not.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_RENAME_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_RENAME_H_

#include <memory>
#include <string>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// The caller holds the operation slot. The new name is on disk when this returns. The hostname
// stays. kInvalidArgument if `name` is not a valid name, kAlreadyExists if it is taken, even if by
// this container; then nothing has changed.
Status Rename(Context& context, const std::shared_ptr<Container>& container,
              const std::string& name);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_RENAME_H_
