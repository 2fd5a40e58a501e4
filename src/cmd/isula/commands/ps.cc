#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/container_list.h"
#include "cmd/isula/output/id_lines.h"
#include "utils/base/strings.h"

namespace isulad::commands {
namespace {

constexpr std::string_view kFilterKeys[] = {"id", "name", "label", "status", "health"};
constexpr std::string_view kHealths[] = {"starting", "healthy", "unhealthy", "none"};
constexpr std::string_view kStates[] = {"created",    "running", "paused",
                                        "restarting", "exited",  "dead"};

template <typename List>
bool Contains(const List& list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

class PsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"all", 'a'}, &all_, "Those that do not run, too");
    flags.AddSwitch({"quiet", 'q'}, &quiet_, "Only the ids");
    flags.AddValues(
        {"filter", 'f'}, [this](std::string_view text) { return AddFilter(text); },
        {"KEY=VALUE", "Only those with this id, name, label, status or health (repeatable)"});
    flags.AddValue({"last", 'n'}, [this](std::string_view text) { return SetLast(text); },
                   {"NUMBER", "Only the newest so many, whatever their status"});
    flags.AddSwitch({"latest", 'l'}, &latest_, "Only the newest, whatever its status");
    flags.AddSwitch({"no-trunc"}, &whole_, "Show ids and commands at full length");
    flags.AddValue({"format"}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "table [TEMPLATE], json, or a template: '{{.ID}} {{.Names}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    RETURN_IF_ERROR(cli::RequireExactly(kPsCommand.name, arguments, 0));
    if (latest_ && last_) {
      return InvalidArgument("--latest and --last exclude each other");
    }
    if (latest_) {
      last_ = 1;
    }
    if (!format_) {
      ASSIGN_OR_RETURN(format_, output::ListFormat::Parse(""));
    }
    return OkStatus();
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(std::vector<client::ContainerSummary> containers,
                     context.containers.List(all_ || last_.has_value(), filters_));
    if (last_ && containers.size() > *last_) {
      containers.resize(*last_);
    }
    if (quiet_) {
      RETURN_IF_ERROR(context.output.Out(output::IdLines(containers, !whole_)));
      return cli::kExitOk;
    }
    ASSIGN_OR_RETURN(const std::string text, format_->Render(containers, context.clock.Now(),
                                                             !whole_, context.output.PaintsOut()));
    RETURN_IF_ERROR(context.output.Out(text));
    return cli::kExitOk;
  }

 private:
  Status AddFilter(std::string_view text) {
    const size_t equals = text.find('=');
    const std::string_view key = text.substr(0, equals);
    if (equals == std::string_view::npos || !Contains(kFilterKeys, key)) {
      return InvalidArgument("must be id=, name=, label=, status= or health= and a value");
    }
    const std::string_view value = text.substr(equals + 1);
    if (key == "health" && !Contains(kHealths, value)) {
      return InvalidArgument("the health is one of starting, healthy, unhealthy, none");
    }
    if (key == "status") {
      if (!Contains(kStates, value)) {
        return InvalidArgument(
            "the status is one of created, running, paused, restarting, exited, dead");
      }
      all_ = true;  // otherwise only "running" could ever match
    }
    filters_.emplace_back(text);
    return OkStatus();
  }

  Status SetLast(std::string_view text) {
    const std::optional<uint64_t> number = ParseUint64(text);
    if (!number || *number == 0 || *number > std::numeric_limits<uint32_t>::max()) {
      return InvalidArgument("must be a whole number above 0");
    }
    last_ = static_cast<size_t>(*number);
    return OkStatus();
  }

  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_, output::ListFormat::Parse(text));
    return OkStatus();
  }

  bool all_ = false;
  bool quiet_ = false;
  bool latest_ = false;
  bool whole_ = false;
  std::optional<size_t> last_;
  std::vector<std::string> filters_;
  std::optional<output::ListFormat> format_;
};

}  // namespace

const CommandInfo kPsCommand = {
    .name = "ps",
    .arguments = "[OPTIONS]",
    .summary = "List containers",
    .make = Make<PsCommand>,
};

}  // namespace isulad::commands
