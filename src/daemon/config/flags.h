// The daemon's command line.
#ifndef ISULAD_DAEMON_CONFIG_FLAGS_H_
#define ISULAD_DAEMON_CONFIG_FLAGS_H_

#include <span>
#include <string>
#include <vector>

#include "daemon/config/daemon_config.h"
#include "utils/base/result.h"

namespace isulad::config {

struct CommandLine {
  DaemonConfig config;  // the file's settings, overridden by the flags
  bool help = false;
  bool version = false;
};

// Reads `arguments` (without the program's name) and the configuration file that they name. The
// default file need not exist. kInvalidArgument with one line for an unknown flag, a flag without
// its value, a flag given twice (-H and --default-ulimit excepted), a stray argument, or a bad
// value.
Result<CommandLine> ReadCommandLine(const std::vector<std::string>& arguments);

// A flag as --help shows it.
struct FlagDescription {
  char letter;  // '\0': none
  const char* name;
  const char* value;  // the name of the value; nullptr: a switch
  const char* text;
};
std::span<const FlagDescription> Flags();

// The text that --help prints.
std::string HelpText();

}  // namespace isulad::config

#endif  // ISULAD_DAEMON_CONFIG_FLAGS_H_
