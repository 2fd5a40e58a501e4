// `isula ps`: lists containers.
#ifndef ISULAD_CMD_ISULA_COMMANDS_PS_H_
#define ISULAD_CMD_ISULA_COMMANDS_PS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kPsCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_PS_H_
