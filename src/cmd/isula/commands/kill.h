// `isula kill`: sends a signal to containers.
#ifndef ISULAD_CMD_ISULA_COMMANDS_KILL_H_
#define ISULAD_CMD_ISULA_COMMANDS_KILL_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kKillCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_KILL_H_
