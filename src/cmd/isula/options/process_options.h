// The flags that describe a process: those of exec, and the additional ones of create and run.
#ifndef ISULAD_CMD_ISULA_OPTIONS_PROCESS_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_PROCESS_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// -e -u --workdir -i -t. `process` is borrowed until the flags have been parsed.
void AddProcessFlags(cli::FlagSet& flags, client::containers_v1::ProcessConfig* process);
// -h/--hostname --stop-signal.
void AddInitProcessFlags(cli::FlagSet& flags, client::containers_v1::ProcessConfig* process);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_PROCESS_OPTIONS_H_
