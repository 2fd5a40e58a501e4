// `isula events`: prints what happens to containers.
#ifndef ISULAD_CMD_ISULA_COMMANDS_EVENTS_H_
#define ISULAD_CMD_ISULA_COMMANDS_EVENTS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kEventsCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_EVENTS_H_
