// `isula container prune`: removes containers that do not run.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CONTAINER_PRUNE_H_
#define ISULAD_CMD_ISULA_COMMANDS_CONTAINER_PRUNE_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kContainerPruneCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CONTAINER_PRUNE_H_
