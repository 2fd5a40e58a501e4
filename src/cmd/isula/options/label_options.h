// The flags that describe a container to people and programs, without an effect on the container.
#ifndef ISULAD_CMD_ISULA_OPTIONS_LABEL_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_LABEL_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// -l --label-file --annotation. `host` is borrowed until the flags have been parsed.
void AddLabelFlags(cli::FlagSet& flags, client::containers_v1::HostConfig* host);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_LABEL_OPTIONS_H_
