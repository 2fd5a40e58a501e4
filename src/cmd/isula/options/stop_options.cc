#include "cmd/isula/options/stop_options.h"

#include <limits>
#include <optional>
#include <string_view>

#include "utils/base/strings.h"

namespace isulad::options {

void AddStopTimeFlag(cli::FlagSet& flags, int* seconds) {
  flags.AddValue(
      {"time", 't'},
      [seconds](std::string_view text) -> Status {
        const std::optional<int64_t> number = ParseInt64(text);
        if (!number || *number < -1 || *number > std::numeric_limits<int32_t>::max()) {
          return InvalidArgument("must be a whole number of seconds, or -1 for no limit");
        }
        *seconds = static_cast<int>(*number);
        return OkStatus();
      },
      {"SECONDS", "Time until it is killed; -1: never (default: 10)"});
}

}  // namespace isulad::options
