// The flags of commands that stay attached to the streams of a process.
#ifndef ISULAD_CMD_ISULA_OPTIONS_STREAM_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_STREAM_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/terminal/detach_keys.h"

namespace isulad::options {

// --detach-keys. `keys` is borrowed until the flags have been parsed.
void AddDetachKeysFlag(cli::FlagSet& flags, terminal::DetachKeys* keys);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_STREAM_OPTIONS_H_
