// isula top: the processes of a container as ps(1) of the host shows them.
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

// Lines of ps: the titles, then the processes in the container's cgroup, with their numbers on the
// host. `arguments` are those of ps, none for "-ef". kFailedPrecondition where the container does
// not run, where there is no ps, or where it shows no column PID; kInvalidArgument, with its own
// words, where it does not like its arguments.
Result<std::vector<std::string>> Top(const Context& context, const Container& container,
                                     const std::vector<std::string>& arguments);

// The lines of `text`, what ps printed, that are titles or tell of one of `pids`.
// kFailedPrecondition where there is no column PID.
Result<std::vector<std::string>> SelectProcesses(std::string_view text,
                                                 const std::set<pid_t>& pids);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_TOP_H_
