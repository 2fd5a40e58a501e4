// `isula export`: writes a container's root file system as a tar archive.
#ifndef ISULAD_CMD_ISULA_COMMANDS_EXPORT_H_
#define ISULAD_CMD_ISULA_COMMANDS_EXPORT_H_

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

extern const CommandInfo kExportCommand;

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_EXPORT_H_
