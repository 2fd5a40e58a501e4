#include <string>

#include "cmd/isula/commands/commands.h"
#include "cmd/isula/options/container_options.h"

namespace isulad::commands {
namespace {

class CreateCommand final : public Command {
 public:
  void Declare(cli::FlagSet& flags) override { options::AddContainerFlags(flags, &options_); }

  Status TakeArguments(const cli::Arguments& arguments) override {
    client::containers_v1::ProcessConfig& process = *options_.spec.mutable_process();
    process.set_stdin_once(process.open_stdin() && !process.terminal());
    return options::TakeArguments(kCreateCommand.name, arguments, &options_);
  }

  Result<int> Run(Context& context) override {
    ASSIGN_OR_RETURN(const client::Created created, context.containers.Create(options_));
    context.output.WarnOfEach(created.warnings);
    context.output.OutLine(created.id);
    return cli::kExitOk;
  }

 private:
  client::ContainerOptions options_;
};

}  // namespace

const CommandInfo kCreateCommand = {
    .name = "create",
    .arguments = "[OPTIONS] none [COMMAND] [ARG...]",
    .summary = "Create a container and print its id",
    .stop = cli::FlagSet::Stop::kAtFirstArgument,
    .help_letter = cli::HelpLetter::kTaken,
    .refusal = cli::Refusal::kUsage,
    .make = Make<CreateCommand>,
};

}  // namespace isulad::commands
