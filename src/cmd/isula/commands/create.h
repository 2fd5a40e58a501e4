// `isula create`: makes a container without starting it.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CREATE_H_
#define ISULAD_CMD_ISULA_COMMANDS_CREATE_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kCreateCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CREATE_H_
