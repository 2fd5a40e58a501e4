// `isula exec`: runs a further process in a container.
#ifndef ISULAD_CMD_ISULA_COMMANDS_EXEC_H_
#define ISULAD_CMD_ISULA_COMMANDS_EXEC_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kExecCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_EXEC_H_
