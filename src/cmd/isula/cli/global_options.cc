#include "cmd/isula/cli/global_options.h"

#include <sys/un.h>

#include <utility>

#include "utils/base/strings.h"

namespace isulad::cli {

void AddGlobalFlags(FlagSet& flags, HelpLetter letter, GlobalOptions* options) {
  flags.AddValue({"host", 'H'},
                 [options](std::string_view value) -> Status {
                   if (options->socket) {
                     return InvalidArgument("given more than once");
                   }
                   ASSIGN_OR_RETURN(options->socket, ParseHost(value));
                   return OkStatus();
                 },
                 {"unix://PATH",
                  "The daemon's socket (default: $ISULAD_HOST, else unix:///var/run/isulad.sock)"});
  flags.AddSwitch({"debug", 'D'}, &options->debug, "Report every call and its time on stderr");
  flags.AddSwitch({"help", letter == HelpLetter::kFree ? 'h' : '\0'}, &options->help,
                  "Print this text");
  flags.AddSwitch({"version"}, &options->version, "Print the version of this program");
}

Result<std::string> ParseHost(std::string_view text) {
  constexpr std::string_view kScheme = "unix://";
  if (!text.starts_with(kScheme)) {
    return InvalidArgument("must be unix://PATH");
  }
  const std::string_view path = text.substr(kScheme.size());
  if (!path.starts_with('/') || HasControlCharacter(path)) {
    return InvalidArgument("the socket's path must be absolute");
  }
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return InvalidArgument("the socket's path is longer than 107 bytes");
  }
  return std::string(path);
}

Result<std::string> SocketPath(const GlobalOptions& options, const char* environment) {
  if (options.socket) {
    return *options.socket;
  }
  if (environment == nullptr || *environment == '\0') {
    return ParseHost(kDefaultHost);
  }
  Result<std::string> path = ParseHost(environment);
  if (!path) {
    return InvalidArgument("Invalid value " + Quote(environment) + " for " + kHostVariable + ": " +
                           path.error().message());
  }
  return path;
}

}  // namespace isulad::cli
