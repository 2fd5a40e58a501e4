// top: the processes of a container, as ps(1) of the host shows them.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_TOP_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_TOP_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/modules/container/container.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"

namespace isulad::container {

// The lines of ps: the titles, then the processes in the container's cgroup, with their pids on the
// host. `arguments`: those of ps; if empty, "-ef". kFailedPrecondition if the container does not
// run, there is no ps, or ps shows no column PID; kInvalidArgument, with the message of ps, if ps
// rejects its arguments.
Result<std::vector<std::string>> Top(const Context& context, const Container& container,
                                     const std::vector<std::string>& arguments);

// The lines of `text`, the output of ps, that are titles or show one of `pids`. kFailedPrecondition
// if there is no column PID.
Result<std::vector<std::string>> SelectProcesses(std::string_view text,
                                                 const std::set<pid_t>& pids);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_TOP_H_
