// `isula attach`: joins the streams of a running container.
#ifndef ISULAD_CMD_ISULA_COMMANDS_ATTACH_H_
#define ISULAD_CMD_ISULA_COMMANDS_ATTACH_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kAttachCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_ATTACH_H_
