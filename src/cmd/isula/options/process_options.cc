#include "cmd/isula/options/process_options.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "utils/base/key_value.h"
#include "utils/base/signals.h"
#include "utils/os/file.h"

namespace isulad::options {
namespace {

// "K=V" as it stands; "K" takes the value from our own environment, and is left out where that has
// none.
Status AddVariable(std::string_view text, std::vector<std::string>& env) {
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
  env.push_back(std::move(variable));
  return OkStatus();
}

}  // namespace

void AddProcessFlags(cli::FlagSet& flags, client::Process* process) {
  flags.AddValues({"env", 'e'},
                  [process](std::string_view text) { return AddVariable(text, process->env); },
                  {"K[=V]", "Set a variable; without =V to its value here (repeatable)"});
  flags.AddValues({"env-file"},
                  [process](std::string_view text) -> Status {
                    ASSIGN_OR_RETURN(const std::string content, os::ReadFile(std::string(text)));
                    for (const std::string_view line : KeyValueLines(content)) {
                      RETURN_IF_ERROR(AddVariable(line, process->env));
                    }
                    return OkStatus();
                  },
                  {"FILE", "Set the variables of a file, K[=V] a line (repeatable)"});
  flags.AddString({"user", 'u'}, &process->user,
                  {"USER[:GROUP]", "Run as this user, names or numbers (default: root)"});
  flags.AddString({"workdir"}, &process->workdir,
                  {"DIR", "Working directory in the container (default: /)"});
  flags.AddSwitch({"interactive", 'i'}, &process->open_stdin, "Keep standard input open");
  flags.AddSwitch({"tty", 't'}, &process->terminal, "Give the process a terminal");
}

void AddInitProcessFlags(cli::FlagSet& flags, client::Process* process) {
  flags.AddString({"hostname", 'h'}, &process->hostname,
                  {"NAME", "Host name (default: the first 12 digits of the id)"});
  flags.AddValue(
      {"stop-signal"},
      [process](std::string_view text) -> Status {
        RETURN_IF_ERROR(ParseSignal(text));
        process->stop_signal = text;
        return OkStatus();
      },
      {"SIGNAL", "What stop sends first, name or number (default: chosen by the daemon)"});
  flags.AddString({"entrypoint"}, &process->entrypoint,
                  {"CMD",
                   "The program to run, with the words behind \"none\" as its arguments (default: "
                   "the first of these)"});
  flags.AddStrings({"group-add"}, &process->group_add,
                   {"GROUP", "A further group of the user, name or number (repeatable)"});
}

}  // namespace isulad::options
