// Copying files between a container and a client, and exporting its rootfs.
//
// Paths of a container are looked up by a process of their own that has entered it: see
// shim_protocol/copy_job.h and docs/copy-stream.md. Of a container that runs that is what it sees,
// with all mounts; of one that does not, its rootfs.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_

#include <memory>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/result.h"

namespace isulad::container {

// Service::Copy, for the holder of the operation slot.
Result<std::unique_ptr<CopyStream>> Copy(Context& context,
                                         const std::shared_ptr<Container>& container,
                                         const CopyRequest& request);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_COPY_H_
