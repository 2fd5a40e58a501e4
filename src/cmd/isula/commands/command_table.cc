#include "cmd/isula/commands/command_table.h"

#include <array>

#include "cmd/isula/commands/commands.h"

namespace isulad::commands {
namespace {

constexpr std::array kCommands = {
    &kCreateCommand,
    &kRunCommand,
    &kStartCommand,
    &kStopCommand,
    &kUpdateCommand,
    &kRestartCommand,
    &kKillCommand,
    &kPauseCommand,
    &kUnpauseCommand,
    &kRenameCommand,
    &kRmCommand,
    &kPsCommand,
    &kInspectCommand,
    &kWaitCommand,
    &kExecCommand,
    &kAttachCommand,
    &kLogsCommand,
    &kTopCommand,
    &kCpCommand,
    &kExportCommand,
    &kStatsCommand,
    &kEventsCommand,
    &kInfoCommand,
    &kVersionCommand,
    &kChannelLsCommand,
    &kChannelAddCommand,
    &kChannelResizeCommand,
    &kChannelRmCommand,
    &kContainerPruneCommand,
    &kCompletionCommand,
    &kCompleteCommand,
};

constexpr std::array kGroups = {
    CommandGroup{.name = "channel", .summary = "List and change host channels"},
    CommandGroup{.name = "container", .summary = "Remove containers that do not run"},
};

constexpr std::string_view kHiddenPrefix = "__";

// The name of a command without that of its group; empty if it is in another group or in none.
std::string_view VerbIn(const CommandInfo& info, const CommandGroup& group) {
  std::string_view verb = info.name;
  if (!verb.starts_with(group.name)) {
    return "";
  }
  verb.remove_prefix(group.name.size());
  return verb.starts_with(' ') ? verb.substr(1) : "";
}

bool StandsAlone(const CommandInfo& info) {
  return info.name.find(' ') == std::string_view::npos && !info.name.starts_with(kHiddenPrefix);
}

}  // namespace

std::span<const CommandInfo* const> AllCommands() { return kCommands; }

const CommandInfo* FindCommand(std::string_view name) {
  for (const CommandInfo* info : kCommands) {
    if (info->name == name) {
      return info;
    }
  }
  return nullptr;
}

const CommandGroup* FindGroup(std::string_view name) {
  for (const CommandGroup& group : kGroups) {
    if (group.name == name) {
      return &group;
    }
  }
  return nullptr;
}

std::vector<std::string_view> Words(const CommandGroup* group) {
  std::vector<std::string_view> words;
  for (const CommandInfo* info : kCommands) {
    if (group == nullptr ? StandsAlone(*info) : !VerbIn(*info, *group).empty()) {
      words.push_back(group == nullptr ? info->name : VerbIn(*info, *group));
    }
  }
  if (group == nullptr) {
    for (const CommandGroup& each : kGroups) {
      words.push_back(each.name);
    }
  }
  return words;
}

}  // namespace isulad::commands
