// The flags that tie a container to its host: rootfs, channels, volumes, runtime, logs.
#ifndef ISULAD_CMD_ISULA_OPTIONS_HOST_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_HOST_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// `host` is borrowed until the flags have been parsed. A channel is checked as far as that needs no
// daemon, and sent as written.
void AddHostFlags(cli::FlagSet& flags, client::containers_v1::HostConfig* host);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_HOST_OPTIONS_H_
