// The flags that every command has; they may stand before or after the command.
#ifndef ISULAD_CMD_ISULA_CLI_GLOBAL_OPTIONS_H_
#define ISULAD_CMD_ISULA_CLI_GLOBAL_OPTIONS_H_

#include <optional>
#include <string>
#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "utils/base/result.h"

namespace isulad::cli {

inline constexpr std::string_view kDefaultHost = "unix:///var/run/isulad.sock";
inline constexpr const char* kHostVariable = "ISULAD_HOST";

struct GlobalOptions {
  std::optional<std::string> socket;  // path of the daemon's socket, if --host was given
  bool debug = false;
  bool help = false;
  bool version = false;
};

// Whether -h is free to mean help; create and run use it for the host name.
enum class HelpLetter { kFree, kTaken };

// Adds the global flags. `options` is borrowed. A second --host is refused, even if the first one
// stood before the command.
void AddGlobalFlags(FlagSet& flags, HelpLetter letter, GlobalOptions* options);

// "unix:///run/x.sock" -> "/run/x.sock". kInvalidArgument, with the reason, for what is not served.
Result<std::string> ParseHost(std::string_view text);

// The socket to use: that of the flag, else that of `environment` (the value of ISULAD_HOST,
// nullptr if it is not set), else the default.
Result<std::string> SocketPath(const GlobalOptions& options, const char* environment);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_GLOBAL_OPTIONS_H_
