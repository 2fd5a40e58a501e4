// `isula info`: shows the daemon and its machine.
#ifndef ISULAD_CMD_ISULA_COMMANDS_INFO_H_
#define ISULAD_CMD_ISULA_COMMANDS_INFO_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kInfoCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_INFO_H_
