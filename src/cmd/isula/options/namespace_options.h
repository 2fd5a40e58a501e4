// The flags of create and run that select a container's namespaces.
#ifndef ISULAD_CMD_ISULA_OPTIONS_NAMESPACE_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_NAMESPACE_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// `namespaces` is borrowed until the flags have been parsed.
void AddNamespaceFlags(cli::FlagSet& flags, client::containers_v1::NamespaceConfig* namespaces);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_NAMESPACE_OPTIONS_H_
