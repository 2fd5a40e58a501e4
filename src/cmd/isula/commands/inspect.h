// `isula inspect`: shows all that is known of containers.
#ifndef ISULAD_CMD_ISULA_COMMANDS_INSPECT_H_
#define ISULAD_CMD_ISULA_COMMANDS_INSPECT_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kInspectCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_INSPECT_H_
