#include "cmd/isula/commands/invocation.h"

#include <string_view>
#include <utility>
#include <vector>

#include "cmd/isula/cli/suggestion.h"
#include "cmd/isula/commands/command_table.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

// The names of all commands, those of two words with their groups.
std::vector<std::string_view> Names() {
  std::vector<std::string_view> names = Words(nullptr);
  for (const CommandInfo* info : AllCommands()) {
    if (info->name.find(' ') != std::string_view::npos) {
      names.push_back(info->name);
    }
  }
  return names;
}

Error UnknownCommand(const std::string& name) {
  return NotFound("Unknown command: " + Quote(name) + "." +
                  cli::DidYouMean(cli::Suggest(name, Names())) + " See 'isula --help'.");
}

std::string VersionText() { return "isula version " ISULAD_VERSION "\n"; }

std::string HelpLine(std::string_view name, std::string_view summary) {
  std::string line = "  ";
  line.append(name);
  line.resize(14, ' ');
  return line.append(summary).append("\n");
}

std::string SummaryOf(std::string_view name) {
  if (const CommandGroup* group = FindGroup(name); group != nullptr) {
    return std::string(group->summary);
  }
  return std::string(FindCommand(name)->summary);
}

std::string ProgramHelp(const cli::FlagSet& flags) {
  std::string text =
      "Usage:  isula [OPTIONS] COMMAND [ARG...]\n\n"
      "Run containers that share memory with their host.\n\nCommands:\n";
  for (const std::string_view word : Words(nullptr)) {
    text.append(HelpLine(word, SummaryOf(word)));
  }
  text.append("\nOptions:\n").append(flags.Help());
  return text.append("\nRun 'isula COMMAND --help' for the options of a command.\n");
}

std::string GroupHelp(const CommandGroup& group, const cli::FlagSet& flags) {
  std::string text = "Usage:  isula ";
  text.append(group.name).append(" COMMAND [ARG...]\n\n").append(group.summary);
  text.append(".\n\nCommands:\n");
  for (const std::string_view verb : Words(&group)) {
    text.append(HelpLine(verb, SummaryOf(std::string(group.name).append(" ").append(verb))));
  }
  return text.append("\nOptions:\n").append(flags.Help());
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
  std::string name = rest.front();
  if (const CommandGroup* group = FindGroup(name); group != nullptr) {
    cli::FlagSet group_flags(cli::FlagSet::Stop::kAtFirstArgument);
    cli::AddGlobalFlags(group_flags, cli::HelpLetter::kFree, &invocation.globals);
    rest.erase(rest.begin());
    ASSIGN_OR_RETURN(rest, group_flags.Parse(rest));
    if (invocation.globals.version) {
      invocation.text = VersionText();
      return invocation;
    }
    if (rest.empty() || invocation.globals.help) {
      invocation.text = GroupHelp(*group, group_flags);
      return invocation;
    }
    name.append(" ").append(rest.front());
  } else if (name.find(' ') != std::string::npos) {
    name = Quote(name);  // a single word with a space is not the verb of a group
  }
  invocation.info = FindCommand(name);
  if (invocation.info == nullptr) {
    return UnknownCommand(name);
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
