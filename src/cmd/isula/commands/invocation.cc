#include "cmd/isula/commands/invocation.h"

#include <array>
#include <string_view>
#include <utility>

#include "cmd/isula/commands/create.h"
#include "cmd/isula/commands/exec.h"
#include "cmd/isula/commands/info.h"
#include "cmd/isula/commands/inspect.h"
#include "cmd/isula/commands/kill.h"
#include "cmd/isula/commands/logs.h"
#include "cmd/isula/commands/ps.h"
#include "cmd/isula/commands/rm.h"
#include "cmd/isula/commands/run.h"
#include "cmd/isula/commands/start.h"
#include "cmd/isula/commands/stop.h"
#include "cmd/isula/commands/version.h"
#include "cmd/isula/commands/wait.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

constexpr std::array kCommands = {
    &kCreateCommand, &kRunCommand,  &kStartCommand,   &kStopCommand, &kKillCommand,
    &kRmCommand,     &kPsCommand,   &kInspectCommand, &kWaitCommand, &kExecCommand,
    &kLogsCommand,   &kInfoCommand, &kVersionCommand,
};

const CommandInfo* Find(std::string_view name) {
  for (const CommandInfo* info : kCommands) {
    if (info->name == name) {
      return info;
    }
  }
  return nullptr;
}

std::string VersionText() { return "isula version " ISULAD_VERSION "\n"; }

std::string ProgramHelp(const cli::FlagSet& flags) {
  std::string text =
      "Usage:  isula [OPTIONS] COMMAND [ARG...]\n\n"
      "Run containers that share memory with their host.\n\nCommands:\n";
  for (const CommandInfo* info : kCommands) {
    std::string line = "  ";
    line.append(info->name);
    line.resize(12, ' ');
    text.append(line).append(info->summary).append("\n");
  }
  text.append("\nOptions:\n").append(flags.Help());
  return text.append("\nRun 'isula COMMAND --help' for the options of a command.\n");
}

std::string CommandHelp(const CommandInfo& info, const cli::FlagSet& flags) {
  std::string text = "Usage:  isula ";
  text.append(info.name).append(info.arguments.empty() ? "" : " ").append(info.arguments);
  text.append("\n\n").append(info.summary).append(".\n\nOptions:\n");
  return text.append(flags.Help());
}

}  // namespace

Result<Invocation> ParseInvocation(const cli::Arguments& arguments) {
  Invocation invocation;
  cli::FlagSet global_flags(cli::FlagSet::Stop::kAtFirstArgument);
  cli::AddGlobalFlags(global_flags, cli::HelpLetter::kFree, &invocation.globals);
  ASSIGN_OR_RETURN(cli::Arguments rest, global_flags.Parse(arguments));
  if (invocation.globals.version) {
    invocation.text = VersionText();
    return invocation;
  }
  if (rest.empty()) {
    invocation.text = ProgramHelp(global_flags);
    return invocation;
  }
  invocation.info = Find(rest.front());
  if (invocation.info == nullptr) {
    return NotFound("Unknown command: " + Quote(rest.front()) + ". See 'isula --help'.");
  }
  const CommandInfo& info = *invocation.info;
  std::unique_ptr<Command> command = info.make();
  cli::FlagSet flags(info.stop);
  command->Declare(flags);
  cli::AddGlobalFlags(flags, info.help_letter, &invocation.globals);
  rest.erase(rest.begin());
  ASSIGN_OR_RETURN(rest, flags.Parse(rest));
  if (invocation.globals.help || invocation.globals.version) {
    invocation.text = invocation.globals.help ? CommandHelp(info, flags) : VersionText();
    return invocation;
  }
  RETURN_IF_ERROR(command->TakeArguments(rest));
  invocation.command = std::move(command);
  return invocation;
}

}  // namespace isulad::commands
