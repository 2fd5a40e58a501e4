// `isula channel add`: gives a container one more host channel.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CHANNEL_ADD_H_
#define ISULAD_CMD_ISULA_COMMANDS_CHANNEL_ADD_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kChannelAddCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CHANNEL_ADD_H_
