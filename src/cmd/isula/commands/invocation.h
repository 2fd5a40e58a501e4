// Turns the words of the command line into a command that is ready to run.
#ifndef ISULAD_CMD_ISULA_COMMANDS_INVOCATION_H_
#define ISULAD_CMD_ISULA_COMMANDS_INVOCATION_H_

#include <memory>
#include <string>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/cli/global_options.h"
#include "cmd/isula/commands/command.h"
#include "utils/base/result.h"

namespace isulad::commands {

struct Invocation {
  cli::GlobalOptions globals;
  const CommandInfo* info = nullptr;  // a constant
  std::unique_ptr<Command> command;   // null if only `text` was asked for
  std::string text;                   // help or version
};

// `arguments` are those after the program's name. kInvalidArgument for wrong arguments, kNotFound
// for an unknown command; the messages are lines for the user.
Result<Invocation> ParseInvocation(const cli::Arguments& arguments);

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_INVOCATION_H_
