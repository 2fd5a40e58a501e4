#include "cmd/isula/options/stream_options.h"

#include <string_view>

namespace isulad::options {

void AddDetachKeysFlag(cli::FlagSet& flags, terminal::DetachKeys* keys) {
  flags.AddValue({"detach-keys"},
                 [keys](std::string_view text) -> Status {
                   ASSIGN_OR_RETURN(*keys, terminal::DetachKeys::Parse(text));
                   return OkStatus();
                 },
                 {"KEYS", "What detaches from a terminal (default: ctrl-p,ctrl-q)"});
}

}  // namespace isulad::options
