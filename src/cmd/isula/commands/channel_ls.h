// `isula channel ls`: lists host channels.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CHANNEL_LS_H_
#define ISULAD_CMD_ISULA_COMMANDS_CHANNEL_LS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kChannelLsCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CHANNEL_LS_H_
