// `isula logs`: shows what a container has written.
#ifndef ISULAD_CMD_ISULA_COMMANDS_LOGS_H_
#define ISULAD_CMD_ISULA_COMMANDS_LOGS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kLogsCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_LOGS_H_
