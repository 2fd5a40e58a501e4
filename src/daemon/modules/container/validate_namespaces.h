// The checks of create for namespaces that are not the container's own.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_

#include <string>

#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/container_spec.h"
#include "utils/base/result.h"

namespace isulad::container {

// Replaces the references to other containers in `texts` by their full ids. kInvalidArgument for a
// malformed word, kNotFound for a container that does not exist.
Status ResolveNamespaces(const Context& context, spec::NamespaceConfig& texts);

// kInvalidArgument if `config` is incompatible with its namespaces. Its hostname must still be as
// the user wrote it.
Status CheckNamespaces(const ContainerConfig& config);

// The hostname of a container for which none was given: the host's or another container's if the
// container shares that, else the beginning of its id.
std::string DefaultHostname(const Context& context, const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
