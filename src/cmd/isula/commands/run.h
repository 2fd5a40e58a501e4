// `isula run`: makes a container and starts it.
#ifndef ISULAD_CMD_ISULA_COMMANDS_RUN_H_
#define ISULAD_CMD_ISULA_COMMANDS_RUN_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kRunCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_RUN_H_
