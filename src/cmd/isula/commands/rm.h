// `isula rm`: removes containers.
#ifndef ISULAD_CMD_ISULA_COMMANDS_RM_H_
#define ISULAD_CMD_ISULA_COMMANDS_RM_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kRmCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_RM_H_
