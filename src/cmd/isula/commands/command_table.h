// All commands of `isula`.
#ifndef ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_
#define ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_

#include <span>
#include <string_view>
#include <vector>

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

// In the order of the help, hidden ones too.
std::span<const CommandInfo* const> AllCommands();

// "rm", "channel ls"; nullptr where there is none.
const CommandInfo* FindCommand(std::string_view name);
const CommandGroup* FindGroup(std::string_view name);

// What can be the next word: behind `group`, or, with nullptr, the first one.
std::vector<std::string_view> Words(const CommandGroup* group);

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_
