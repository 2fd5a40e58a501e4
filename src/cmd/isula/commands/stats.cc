#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmd/isula/commands/commands.h"
#include "cmd/isula/output/row_format.h"
#include "cmd/isula/output/stats_view.h"

namespace isulad::commands {
namespace {

using Looks = std::vector<client::ContainerStats>;

// The time between two readings: processors are busy in spurts, which a shorter interval would
// show.
constexpr std::chrono::milliseconds kInterval{1000};
constexpr std::chrono::milliseconds kSingleInterval{500};
// Moves the cursor to the upper left corner and clears the screen below it.
constexpr std::string_view kClearScreen = "\033[H\033[J";

class StatsCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    flags.AddSwitch({"all", 'a'}, &all_, "Those that do not run, too");
    flags.AddSwitch({"no-stream"}, &once_, "Print one table and end");
    flags.AddSwitch({"no-trunc"}, &whole_, "Show ids at full length");
    flags.AddValue({"format"}, [this](std::string_view text) { return SetFormat(text); },
                   {"FORMAT", "table [TEMPLATE], json, or a template: '{{.Name}} {{.MemUsage}}'"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return format_ ? OkStatus() : SetFormat("");
  }

  // Without --no-stream it runs until it is interrupted or the daemon exits.
  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::SystemInfo system, context.system.Info());
    ASSIGN_OR_RETURN(Looks before, context.containers.Stats(containers_, all_));
    do {
      context.clock.SleepFor(once_ ? kSingleInterval : kInterval);
      ASSIGN_OR_RETURN(Looks now, context.containers.Stats(containers_, all_));
      ASSIGN_OR_RETURN(const std::string text,
                       Render(before, now, system.memory_total, context.output.PaintsOut()));
      const bool live = !once_ && context.output.IsTerminal();
      RETURN_IF_ERROR(context.output.Out((live ? std::string(kClearScreen) : "") + text));
      before = std::move(now);
    } while (!once_);
    return cli::kExitOk;
  }

 private:
  Status SetFormat(std::string_view text) {
    ASSIGN_OR_RETURN(format_,
                     output::RowFormat::Parse(text, output::kStatsColumns, output::StatsTitles()));
    return OkStatus();
  }

  Result<std::string> Render(const Looks& before, const Looks& now, uint64_t host_memory,
                             bool painted) const {
    std::map<std::string, client::ContainerStats> earlier;
    for (const client::ContainerStats& look : before) {
      earlier.emplace(look.id, look);
    }
    std::vector<json::Object> rows;
    for (const client::ContainerStats& look : now) {
      rows.push_back(output::StatsFields(earlier[look.id], look, host_memory, !whole_));
    }
    return format_->Render(rows, painted);
  }

  bool all_ = false;
  bool once_ = false;
  bool whole_ = false;
  std::vector<std::string> containers_;
  std::optional<output::RowFormat> format_;
};

}  // namespace

const CommandInfo kStatsCommand = {
    .name = "stats",
    .arguments = "[OPTIONS] [CONTAINER...]",
    .summary = "Show what containers and their host channels use",
    .make = Make<StatsCommand>,
};

}  // namespace isulad::commands
