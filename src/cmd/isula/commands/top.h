// `isula top`: shows the processes of a container.
#ifndef ISULAD_CMD_ISULA_COMMANDS_TOP_H_
#define ISULAD_CMD_ISULA_COMMANDS_TOP_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kTopCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_TOP_H_
