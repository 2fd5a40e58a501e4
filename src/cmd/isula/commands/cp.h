// `isula cp`: copies files between a container and the host.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CP_H_
#define ISULAD_CMD_ISULA_COMMANDS_CP_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kCpCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CP_H_
