// The part of a create that is about files besides the rootfs: mounts and generated files.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// The options of `request`. kInvalidArgument with a reason that names the flag; also where a source
// does not exist.
Result<spec::FileOptions> ValidateFiles(const Context& context, const FilesRequest& request);

// Whether the mounts that a user asks for in `config`, which is complete but for its channels, go
// together: no target twice, nothing hidden. Of the channels the manager knows.
Status CheckTargets(const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_FILES_H_
