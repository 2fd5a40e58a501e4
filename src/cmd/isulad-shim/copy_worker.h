// `isulad-shim --copy`: copies files between a container and standard input or output.
#ifndef ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_
#define ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_

#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::monitor {

// Does what `arguments` say (shim_protocol/copy_job.h). How it went, well or not, goes out as the
// end of the stream; an error is returned where that could not be said.
Status RunCopyWorker(const std::vector<std::string>& arguments);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_COPY_WORKER_H_
