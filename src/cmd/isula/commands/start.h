// `isula start`: starts containers that were made or have ended.
#ifndef ISULAD_CMD_ISULA_COMMANDS_START_H_
#define ISULAD_CMD_ISULA_COMMANDS_START_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kStartCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_START_H_
