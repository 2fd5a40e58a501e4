// `isula channel rm`: takes a host channel from a container.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RM_H_
#define ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RM_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kChannelRmCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RM_H_
