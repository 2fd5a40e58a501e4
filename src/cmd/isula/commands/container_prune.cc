#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"

namespace isulad::commands {
namespace {

constexpr std::string_view kEnded[] = {"inited", "exited", "dead"};

bool HasEnded(const client::ContainerSummary& container) {
  return std::find(std::begin(kEnded), std::end(kEnded), container.status) != std::end(kEnded);
}

class ContainerPruneCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"force", 'f'}, &force_, "Do not ask");
    flags.AddValues({"filter"}, [this](std::string_view text) { return AddFilter(text); },
                    {"label=KEY[=VALUE]", "Only those with this label (repeatable)"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    return cli::RequireExactly(kContainerPruneCommand.name, arguments, 0);
  }

  Result<int> Run(Context& context) override {
    if (!force_ && !Confirmed(context.output)) {
      return cli::kExitFailure;
    }
    ASSIGN_OR_RETURN(const std::vector<client::ContainerSummary> all,
                     context.containers.List(true, filters_));
    std::vector<std::string> ended;
    for (const client::ContainerSummary& container : all) {
      if (HasEnded(container)) {
        ended.push_back(container.id);
      }
    }
    return ForEach(ended, context.output,
                   [&](const std::string& id) -> Status { return Remove(context, id); });
  }

 private:
  Status AddFilter(std::string_view text) {
    if (!text.starts_with("label=") || text == "label=") {
      return InvalidArgument("must be label= and a label");
    }
    filters_.emplace_back(text);
    return OkStatus();
  }

  // Asks on standard error, which scripts do not read.
  static bool Confirmed(output::Output& output) {
    output.ErrLine(
        "This removes all containers that do not run, and their host channels with what is in "
        "them. Continue? [y/N]");
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
  }

  // Without force: a container that has been started in the meantime stays. One that is gone is not
  // a failure.
  static Status Remove(Context& context, const std::string& id) {
    const Result<client::Removed> removed = context.containers.Remove(id, false);
    if (!removed) {
      return removed.error().code() == Code::kNotFound ? OkStatus() : Status(removed.error());
    }
    context.output.WarnOfEach(removed->notices);
    context.output.OutLine(removed->id);
    return OkStatus();
  }

  bool force_ = false;
  std::vector<std::string> filters_;
};

}  // namespace

const CommandInfo kContainerPruneCommand = {
    .name = "container prune",
    .arguments = "[OPTIONS]",
    .summary = "Remove all containers that do not run, and their channels",
    .make = Make<ContainerPruneCommand>,
};

}  // namespace isulad::commands
