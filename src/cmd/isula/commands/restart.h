// `isula restart`: stops containers and starts them again.
#ifndef ISULAD_CMD_ISULA_COMMANDS_RESTART_H_
#define ISULAD_CMD_ISULA_COMMANDS_RESTART_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kRestartCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_RESTART_H_
