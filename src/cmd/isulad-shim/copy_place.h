// Enters a container to copy files. Afterwards the process sees only the container's files, and can
// do little else than read and write them.
#ifndef ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_
#define ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_

#include "shim_protocol/copy_job.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// Makes this process die when the daemon's end of the pipe is closed, whatever it is waiting for.
Status DieWithDaemon(int life);

// Enters the namespaces of `job`, makes kCopyRootDescriptor the root, and drops all capabilities
// except those over files. The process must have no other thread. Returns the root.
Result<os::UniqueFd> EnterCopyPlace(const shim::CopyJob& job);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_
