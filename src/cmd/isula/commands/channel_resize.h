// `isula channel resize`: changes the size of a host channel.
#ifndef ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RESIZE_H_
#define ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RESIZE_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kChannelResizeCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_CHANNEL_RESIZE_H_
