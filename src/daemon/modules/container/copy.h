// Copying files between a container and a client, and exporting its rootfs.
//
// Paths in a container are looked up by a separate process that has entered the container: see
// shim_protocol/copy_job.h and docs/copy-stream.md. If the container runs, that process sees what
// the container sees, with all mounts; otherwise it sees the container's rootfs.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_

#include <memory>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// Implements Service::Copy(). The caller holds the operation slot.
Result<std::unique_ptr<CopyStream>> Copy(Context& context,
                                         const std::shared_ptr<Container>& container,
                                         const CopyRequest& request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_
