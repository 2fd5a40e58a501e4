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

// What the runtime opens by path leads through descriptors of ours: it is what was opened here,
// whatever becomes of the other container and of its process's number meanwhile.
struct JoinedNamespaces {
  std::vector<os::UniqueFd> held;            // the paths hold as long as these
  std::map<std::string, std::string> paths;  // by the OCI specification's name of the kind
  std::string shared_memory;                 // a detached mount: what is at /dev/shm there
};

// Opens what `config` wants of other containers. kFailedPrecondition, with the container's name,
// where one of them has been removed or does not run.
Result<JoinedNamespaces> OpenJoinedNamespaces(const Context& context,
                                              const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_JOINED_NAMESPACES_H_
