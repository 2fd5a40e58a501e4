#include "cmd/isula/options/process_options.h"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "cmd/isula/options/setters.h"
#include "utils/base/key_value.h"
#include "utils/base/signals.h"
#include "utils/os/file.h"

namespace isulad::options {
namespace {

using client::containers_v1::ProcessConfig;

// "K=V" is taken as it is. "K" takes its value from this process's environment, and is left out if
// it is not set there.
Status AddVariable(std::string_view text, client::Strings& env) {
  if (text.empty() || text.front() == '=') {
    return InvalidArgument("the name of the variable is missing");
  }
  std::string variable(text);
  if (text.find('=') == std::string_view::npos) {
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr) {
      return OkStatus();
    }
    variable.append("=").append(value);
  }
  env.Add(std::move(variable));
  return OkStatus();
}

}  // namespace

void AddProcessFlags(cli::FlagSet& flags, ProcessConfig* process) {
  flags.AddValues(
      {"env", 'e'},
      [process](std::string_view text) { return AddVariable(text, *process->mutable_env()); },
      {"K[=V]", "Set a variable; without =V to its value here (repeatable)"});
  flags.AddValues({"env-file"},
                  [process](std::string_view text) -> Status {
                    ASSIGN_OR_RETURN(const std::string content, os::ReadFile(std::string(text)));
                    for (const std::string_view line : KeyValueLines(content)) {
                      RETURN_IF_ERROR(AddVariable(line, *process->mutable_env()));
                    }
                    return OkStatus();
                  },
                  {"FILE", "Set the variables of a file, K[=V] a line (repeatable)"});
  flags.AddString({"user", 'u'}, process->mutable_user(),
                  {"USER[:GROUP]", "Run as this user, names or numbers (default: root)"});
  flags.AddString({"workdir"}, process->mutable_workdir(),
                  {"DIR", "Working directory in the container (default: /)"});
  flags.AddSwitch({"interactive", 'i'}, Into(process, &ProcessConfig::set_open_stdin),
                  "Keep standard input open");
  flags.AddSwitch({"tty", 't'}, Into(process, &ProcessConfig::set_terminal),
                  "Give the process a terminal");
}

void AddInitProcessFlags(cli::FlagSet& flags, ProcessConfig* process) {
  flags.AddString({"hostname", 'h'}, process->mutable_hostname(),
                  {"NAME", "Host name (default: the first 12 digits of the id)"});
  flags.AddValue(
      {"stop-signal"}, Assign(process->mutable_stop_signal(), ParseSignal),
      {"SIGNAL", "What stop sends first, name or number (default: chosen by the daemon)"});
  flags.AddString({"entrypoint"}, process->mutable_entrypoint(),
                  {"CMD",
                   "The program to run, with the words behind \"none\" as its arguments (default: "
                   "the first of these)"});
  flags.AddValues({"group-add"}, Append(process->mutable_group_add()),
                  {"GROUP", "A further group of the user, name or number (repeatable)"});
}

}  // namespace isulad::options
