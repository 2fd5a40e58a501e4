#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/commands.h"
#include "cmd/isula/commands/for_each.h"
#include "cmd/isula/options/limit_options.h"

namespace isulad::commands {
namespace {

class UpdateCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    const options::LimitSetters set(&changes_.limits);
    flags.AddValue({"memory", 'm'}, set.memory,
                   {"BYTES", "Memory limit, with a unit k, m, g; channels' sizes come on top"});
    flags.AddValue({"memory-swap"}, set.memory_swap,
                   {"BYTES", "Limit of memory and swap together; -1: no limit"});
    flags.AddValue({"memory-reservation"}, set.memory_reservation,
                   {"BYTES", "Memory that it keeps when the host is short of it"});
    flags.AddValue({"cpus"}, set.cpus, {"NUMBER", "Processors to use at most, such as 1.5"});
    flags.AddValue({"cpu-shares"}, set.cpu_shares,
                   {"NUMBER", "Weight where processors are short, 2 to 262144"});
    flags.AddValue({"cpu-period"}, set.cpu_period,
                   {"MICROSECONDS", "Period of the quota, 1000 to 1000000"});
    flags.AddValue({"cpu-quota"}, set.cpu_quota,
                   {"MICROSECONDS", "Processor time in a period; -1: no limit"});
    flags.AddValue({"cpuset-cpus"}, set.cpuset_cpus,
                   {"LIST", "Processors that it may use, such as 0-2,4"});
    flags.AddValue({"cpuset-mems"}, set.cpuset_mems, {"LIST", "Memory nodes that it may use"});
    flags.AddValue({"restart"},
                   [this](std::string_view text) -> Status {
                     changes_.restart_policy = std::string(text);
                     return OkStatus();
                   },
                   {"POLICY",
                    "Start it again when it ends: no, always, unless-stopped, on-reboot, "
                    "on-failure[:N]"});
  }

  Status TakeArguments(const cli::Arguments& arguments) override {
    containers_ = arguments;
    return cli::RequireAtLeast(kUpdateCommand.name, arguments, 1);
  }

  Result<int> Run(Context& context) override {
    return ForEach(containers_, context.output, [&](const std::string& container) -> Status {
      ASSIGN_OR_RETURN(const std::vector<std::string> warnings,
                       context.containers.Update(container, changes_));
      context.output.WarnOfEach(warnings);
      context.output.OutLine(container);
      return OkStatus();
    });
  }

 private:
  client::UpdateOptions changes_;
  std::vector<std::string> containers_;
};

}  // namespace

const CommandInfo kUpdateCommand = {
    .name = "update",
    .arguments = "[OPTIONS] CONTAINER [CONTAINER...]",
    .summary = "Change limits and restart policy of containers",
    .make = Make<UpdateCommand>,
};

}  // namespace isulad::commands
