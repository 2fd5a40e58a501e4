// `isula pause` and `isula unpause`: stop all processes of containers where they stand, and let
// them go on.
#ifndef ISULAD_CMD_ISULA_COMMANDS_PAUSE_H_
#define ISULAD_CMD_ISULA_COMMANDS_PAUSE_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kPauseCommand;
extern const CommandInfo kUnpauseCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_PAUSE_H_
