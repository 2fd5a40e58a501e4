// The commands, each in the file of its name, in the order in which --help lists them.
#ifndef ISULAD_CMD_ISULA_COMMANDS_COMMANDS_H_
#define ISULAD_CMD_ISULA_COMMANDS_COMMANDS_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kCreateCommand;
extern const CommandInfo kRunCommand;
extern const CommandInfo kStartCommand;
extern const CommandInfo kStopCommand;
extern const CommandInfo kUpdateCommand;
extern const CommandInfo kRestartCommand;
extern const CommandInfo kKillCommand;
extern const CommandInfo kPauseCommand;
extern const CommandInfo kUnpauseCommand;
extern const CommandInfo kRenameCommand;
extern const CommandInfo kRmCommand;
extern const CommandInfo kPsCommand;
extern const CommandInfo kInspectCommand;
extern const CommandInfo kWaitCommand;
extern const CommandInfo kExecCommand;
extern const CommandInfo kAttachCommand;
extern const CommandInfo kLogsCommand;
extern const CommandInfo kTopCommand;
extern const CommandInfo kCpCommand;
extern const CommandInfo kExportCommand;
extern const CommandInfo kStatsCommand;
extern const CommandInfo kEventsCommand;
extern const CommandInfo kInfoCommand;
extern const CommandInfo kVersionCommand;
extern const CommandInfo kChannelLsCommand;
extern const CommandInfo kChannelAddCommand;
extern const CommandInfo kChannelResizeCommand;
extern const CommandInfo kChannelRmCommand;
extern const CommandInfo kContainerPruneCommand;
extern const CommandInfo kCompletionCommand;
// Hidden: `__complete -- WORD...` prints the possible completions of the last word, one per line.
// Prints nothing for a file name or anything else that isula has no candidates for.
extern const CommandInfo kCompleteCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_COMMANDS_H_
