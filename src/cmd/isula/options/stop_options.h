// The flags of the commands that stop containers.
#ifndef ISULAD_CMD_ISULA_OPTIONS_STOP_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_STOP_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"

namespace isulad::options {

inline constexpr int kDefaultStopSeconds = 10;

// -t/--time, in seconds; -1: no limit. `seconds` is borrowed until the flags have been parsed.
void AddStopTimeFlag(cli::FlagSet& flags, int* seconds);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_STOP_OPTIONS_H_
