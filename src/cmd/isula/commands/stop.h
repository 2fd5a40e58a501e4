// `isula stop`: ends containers, at first politely.
#ifndef ISULAD_CMD_ISULA_COMMANDS_STOP_H_
#define ISULAD_CMD_ISULA_COMMANDS_STOP_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kStopCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_STOP_H_
