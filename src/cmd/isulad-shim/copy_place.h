// Entering a container to copy files: after this the process sees nothing but the container's
// files, and can do little else than read and write them.
#ifndef ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_
#define ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_

#include "shim_protocol/copy_job.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::monitor {

// Ends this process when the daemon's end of the pipe is closed, whatever it waits for.
Status DieWithDaemon(int life);

// Enters the namespaces of `job`, makes kCopyRootDescriptor the root, and gives up all capabilities
// but those over files. The process has no other thread. Returns the root.
Result<os::UniqueFd> EnterCopyPlace(const shim::CopyJob& job);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_COPY_PLACE_H_
