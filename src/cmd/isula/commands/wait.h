// `isula wait`: waits for containers to end.
#ifndef ISULAD_CMD_ISULA_COMMANDS_WAIT_H_
#define ISULAD_CMD_ISULA_COMMANDS_WAIT_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kWaitCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_WAIT_H_
