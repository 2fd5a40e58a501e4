// All commands of `isula`.
#ifndef ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_
#define ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_

#include <span>
#include <string_view>
#include <vector>

#include "cmd/isula/commands/command.h"

namespace isulad::commands {

// In the order of the help, including hidden ones.
std::span<const CommandInfo* const> AllCommands();

// `name` is like "rm" or "channel ls"; nullptr if there is no such command or group.
const CommandInfo* FindCommand(std::string_view name);
const CommandGroup* FindGroup(std::string_view name);

// The words that can follow `group`, or with nullptr come first.
std::vector<std::string_view> Words(const CommandGroup* group);

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_COMMAND_TABLE_H_
