#include "cmd/isula/commands/update.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/commands/for_each.h"
#include "cmd/isula/options/limit_options.h"
#include "cmd/isula/options/resource_options.h"

namespace isulad::commands {
namespace {

std::function<void(int64_t)> Into(std::optional<int64_t>* target) {
  return [target](int64_t number) { *target = number; };
}

std::function<void(std::string_view)> Into(std::optional<std::string>* target) {
  return [target](std::string_view text) { *target = std::string(text); };
}

class UpdateCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override {
    DeclareMemory(flags);
    DeclareCpu(flags);
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
  void DeclareMemory(cli::FlagSet& flags) {
    flags.AddValue({"memory", 'm'}, options::Bytes(Into(&changes_.memory)),
                   {"BYTES", "Memory limit, with a unit k, m, g; channels' sizes come on top"});
    flags.AddValue({"memory-swap"},
                   [this](std::string_view text) -> Status {
                     if (text == "-1") {
                       changes_.memory_swap = -1;
                       return OkStatus();
                     }
                     return options::Bytes(Into(&changes_.memory_swap))(text);
                   },
                   {"BYTES", "Limit of memory and swap together; -1: no limit"});
    flags.AddValue({"memory-reservation"}, options::Bytes(Into(&changes_.memory_reservation)),
                   {"BYTES", "Memory that it keeps when the host is short of it"});
  }

  void DeclareCpu(cli::FlagSet& flags) {
    flags.AddValue({"cpus"},
                   [this](std::string_view text) -> Status {
                     ASSIGN_OR_RETURN(changes_.nano_cpus, options::ParseCpus(text));
                     return OkStatus();
                   },
                   {"NUMBER", "Processors to use at most, such as 1.5"});
    flags.AddValue({"cpu-shares"}, options::WholeNumber(0, Into(&changes_.cpu_shares)),
                   {"NUMBER", "Weight where processors are short, 2 to 262144"});
    flags.AddValue({"cpu-period"}, options::WholeNumber(0, Into(&changes_.cpu_period)),
                   {"MICROSECONDS", "Period of the quota, 1000 to 1000000"});
    flags.AddValue({"cpu-quota"}, options::WholeNumber(-1, Into(&changes_.cpu_quota)),
                   {"MICROSECONDS", "Processor time in a period; -1: no limit"});
    flags.AddValue({"cpuset-cpus"}, options::NumberList(Into(&changes_.cpuset_cpus)),
                   {"LIST", "Processors that it may use, such as 0-2,4"});
    flags.AddValue({"cpuset-mems"}, options::NumberList(Into(&changes_.cpuset_mems)),
                   {"LIST", "Memory nodes that it may use"});
  }

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
