// `isula version`: shows the versions of client and daemon.
#ifndef ISULAD_CMD_ISULA_COMMANDS_VERSION_H_
#define ISULAD_CMD_ISULA_COMMANDS_VERSION_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kVersionCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_VERSION_H_
