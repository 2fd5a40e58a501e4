#include "cmd/reference/page.h"

#include <memory>
#include <string_view>

#include "cmd/isula/cli/exit_status.h"
#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/cli/global_options.h"
#include "cmd/isula/commands/command_table.h"
#include "daemon/config/flags.h"
#include "utils/base/strings.h"

namespace isulad::reference {
namespace {

using commands::CommandGroup;
using commands::CommandInfo;

constexpr char kProgram[] = "isula";

std::string NameOf(std::string_view command) { return std::string("isula ").append(command); }

std::vector<Entry> FlagsOf(const cli::FlagSet& flags) {
  std::vector<Entry> entries;
  for (const cli::FlagEntry& flag : flags.Entries()) {
    entries.push_back({std::string(Trim(cli::FlagHead(flag))), std::string(flag.help.text)});
  }
  return entries;
}

std::vector<Entry> FlagsOf(const CommandInfo& info) {
  const std::unique_ptr<commands::Command> command = info.make();
  cli::FlagSet flags(info.stop);
  command->Declare(flags);
  return FlagsOf(flags);
}

std::vector<Entry> GlobalFlags() {
  cli::GlobalOptions options;
  cli::FlagSet flags;
  cli::AddGlobalFlags(flags, cli::HelpLetter::kFree, &options);
  return FlagsOf(flags);
}

std::vector<Entry> ExitStatuses(cli::Refusal refusal) {
  if (refusal == cli::Refusal::kUsage) {
    return {
        {"0 to 255", "That of the container's process, where it ran; 128 and the signal's number"},
        {"125", "Bad arguments, no daemon, or the daemon refused"},
        {"126", "The command cannot be executed"},
        {"127", "The command was not found"}};
  }
  return {{"0", "Done"},
          {"1", "The daemon refused, or has no such container"},
          {"125", "Bad arguments, or no daemon"}};
}

Page PageOf(const CommandInfo& info) {
  Page page;
  page.name = NameOf(info.name);
  page.synopsis = std::string(Trim(page.name + " " + std::string(info.arguments)));
  page.summary = info.summary;
  page.flags = FlagsOf(info);
  page.exit_statuses = ExitStatuses(info.refusal);
  return page;
}

Page PageOf(const CommandGroup& group) {
  Page page;
  page.name = NameOf(group.name);
  page.synopsis = page.name + " COMMAND [ARG...]";
  page.summary = group.summary;
  for (const std::string_view verb : commands::Words(&group)) {
    const std::string name = std::string(group.name).append(" ").append(verb);
    page.commands.push_back({std::string(verb), std::string(commands::FindCommand(name)->summary)});
  }
  page.exit_statuses = ExitStatuses(cli::Refusal::kFailure);
  return page;
}

void AppendCommand(std::string_view name, Page& program, std::vector<Page>& pages) {
  if (const CommandGroup* group = commands::FindGroup(name); group != nullptr) {
    pages.push_back(PageOf(*group));
    for (const std::string_view verb : commands::Words(group)) {
      pages.push_back(PageOf(*commands::FindCommand(std::string(name).append(" ").append(verb))));
    }
    program.commands.push_back({std::string(name), std::string(group->summary)});
    return;
  }
  pages.push_back(PageOf(*commands::FindCommand(name)));
  program.commands.push_back({std::string(name), pages.back().summary});
}

Page DaemonPage() {
  Page page;
  page.name = "isulad";
  page.section = 8;
  page.synopsis = "isulad [FLAGS]";
  page.summary = "The container engine's daemon";
  for (const config::FlagDescription& flag : config::Flags()) {
    std::string term = flag.letter != '\0' ? std::string{'-', flag.letter, ',', ' '} : "";
    term.append("--").append(flag.name);
    if (flag.value != nullptr) {
      term.append(" ").append(flag.value);
    }
    page.flags.push_back({std::move(term), flag.text});
  }
  page.exit_statuses = {{"0", "Told to end by SIGTERM or SIGINT"},
                        {"1", "It could not start; the last line on standard error says why"}};
  return page;
}

}  // namespace

std::vector<Page> Pages() {
  Page program;
  program.name = kProgram;
  program.synopsis = "isula [OPTIONS] COMMAND [ARG...]";
  program.summary = "Run containers that share memory with their host";
  program.flags = GlobalFlags();
  program.exit_statuses = ExitStatuses(cli::Refusal::kFailure);
  std::vector<Page> pages;
  for (const std::string_view word : commands::Words(nullptr)) {
    AppendCommand(word, program, pages);
  }
  pages.insert(pages.begin(), std::move(program));
  pages.push_back(DaemonPage());
  return pages;
}

}  // namespace isulad::reference
