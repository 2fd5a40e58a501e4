// One command of `isula`: declares its flags, takes its arguments, runs. Each command has its own
// file, which defines its CommandInfo; command_table.cc lists them.
#ifndef ISULAD_CMD_ISULA_COMMANDS_COMMAND_H_
#define ISULAD_CMD_ISULA_COMMANDS_COMMAND_H_

#include <memory>
#include <string_view>

#include "cmd/isula/cli/exit_status.h"
#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/cli/global_options.h"
#include "cmd/isula/client/channel_client.h"
#include "cmd/isula/client/container_client.h"
#include "cmd/isula/client/event_client.h"
#include "cmd/isula/client/system_client.h"
#include "cmd/isula/output/output.h"
#include "utils/base/clock.h"
#include "utils/base/result.h"

namespace isulad::commands {

// The objects that a command works with; borrowed.
struct Context {
  client::ContainerClient& containers;
  client::ChannelClient& channels;
  client::EventClient& events;
  client::SystemClient& system;
  output::Output& output;
  const Clock& clock;
};

class Command {
 public:
  virtual ~Command() = default;
  // The flags write into this object, which must live until they have been parsed.
  virtual void Declare(cli::FlagSet& flags) = 0;
  // Takes the arguments left on the command line after the flags. Error messages are lines for the
  // user.
  virtual Status TakeArguments(const cli::Arguments& arguments) = 0;
  // Returns the exit status. The message of an error is the line for the user; its exit status
  // follows from CommandInfo::refusal.
  virtual Result<int> Run(Context& context) = 0;
};

struct CommandInfo {
  std::string_view name;       // with its group: "channel ls"
  std::string_view arguments;  // for the usage line
  std::string_view summary;
  cli::FlagSet::Stop stop = cli::FlagSet::Stop::kNever;
  cli::HelpLetter help_letter = cli::HelpLetter::kFree;
  cli::Refusal refusal = cli::Refusal::kFailure;
  std::unique_ptr<Command> (*make)() = nullptr;
};

// Commands that begin with the same word: `isula channel ls`.
struct CommandGroup {
  std::string_view name;
  std::string_view summary;
};

template <typename T>
std::unique_ptr<Command> Make() {
  return std::make_unique<T>();
}

}  // namespace isulad::commands

#endif  // ISULAD_CMD_ISULA_COMMANDS_COMMAND_H_
