// `isula rename`: gives a container another name.
#ifndef ISULAD_CMD_ISULA_COMMANDS_RENAME_H_
#define ISULAD_CMD_ISULA_COMMANDS_RENAME_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kRenameCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_RENAME_H_
