// `isula completion`: what a shell needs to complete command lines, and the command that it asks.
#ifndef ISULAD_CMD_ISULA_COMMANDS_COMPLETION_H_
#define ISULAD_CMD_ISULA_COMMANDS_COMPLETION_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kCompletionCommand;
// Hidden: `__complete -- WORD...` prints what the last word could become, one a line; nothing where
// that is a file's name, or anything else that nobody here knows.
extern const CommandInfo kCompleteCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_COMPLETION_H_
