// The checks of create for namespaces that are not the container's own.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_

#include <string>

#include "daemon/modules/container/context.h"
#include "daemon/modules/container/service.h"
#include "utils/base/namespace_mode.h"
#include "utils/base/result.h"

namespace isulad::container {

// What is asked for, other containers by their full ids. kInvalidArgument for a word that is none,
// kNotFound for a container that is not there.
Result<NamespaceOptions> ReadNamespaces(const Context& context, const NamespaceTexts& texts);

// kInvalidArgument where `config`, whose other fields are set, does not go with its namespaces.
// `hostname`: as the user wrote it.
Status CheckNamespaces(const ContainerConfig& config, const std::string& hostname);

// The hostname of a container that was given none: the host's or another container's where it
// shares that, else the beginning of its id.
std::string DefaultHostname(const Context& context, const ContainerConfig& config);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_VALIDATE_NAMESPACES_H_
