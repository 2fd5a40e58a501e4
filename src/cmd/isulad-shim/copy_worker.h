// `isulad-shim --copy`: copies files between a container and standard input or output.
#ifndef ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_
#define ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Performs the job in `arguments` (shim_protocol/copy_job.h). The outcome, success or failure, is
// sent at the end of the stream; an error is returned if it could not be sent.
Status RunCopyWorker(const std::vector<std::string>& arguments);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_
