// The checks of create for namespaces that are not the container's own.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_

#include <string>

#include "daemon/modules/container/context.h"
#include "daemon/modules/spec/container_spec.h"
#include "utils/base/result.h"

namespace isulad::container {

// Names other containers by their full ids. kInvalidArgument for a word that is none, kNotFound for
// a container that is not there.
Status ResolveNamespaces(const Context& context, spec::NamespaceConfig& texts);

// kInvalidArgument where `config` does not go with its namespaces. Its hostname is still as the
// user wrote it.
Status CheckNamespaces(const ContainerConfig& config);

// The hostname of a container that was given none: the host's or another container's where it
// shares that, else the beginning of its id.
std::string DefaultHostname(const Context& context, const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
