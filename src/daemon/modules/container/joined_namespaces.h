// The namespaces of other containers that a container is to start in.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_JOINED_NAMESPACES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_JOINED_NAMESPACES_H_

#include <map>
#include <string>
#include <vector>

#include "daemon/modules/container/container_config.h"
#include "daemon/modules/container/context.h"
#include "utils/base/result.h"
#include "utils/os/unique_fd.h"

namespace isulad::container {

// The paths given to the runtime lead through descriptors of this process. So the runtime opens
// what was opened here, whatever happens to the other container, and to the pid of its process, in
// the meantime.
struct JoinedNamespaces {
  std::vector<os::UniqueFd> held;            // the paths are valid as long as these
  std::map<std::string, std::string> paths;  // by the OCI specification's name of the kind
  std::string shared_memory;                 // a detached copy of the other's /dev/shm
};

// Opens the namespaces of other containers that `config` asks for. kFailedPrecondition, with the
// container's name, if one of them has been removed or does not run.
Result<JoinedNamespaces> OpenJoinedNamespaces(const Context& context,
                                              const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_JOINED_NAMESPACES_H_
