// isula update
#ifndef ISULAD_CMD_ISULA_COMMANDS_UPDATE_H_
#define ISULAD_CMD_ISULA_COMMANDS_UPDATE_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kUpdateCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_UPDATE_H_
