// `isula stats`: shows what containers use.
#ifndef ISULAD_CMD_ISULA_COMMANDS_STATS_H_
#define ISULAD_CMD_ISULA_COMMANDS_STATS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kStatsCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_STATS_H_
