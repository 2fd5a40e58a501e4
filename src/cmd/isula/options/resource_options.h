// The flags that limit what a container may use.
#ifndef ISULAD_CMD_ISULA_OPTIONS_RESOURCE_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_RESOURCE_OPTIONS_H_

#include <cstdint>
#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// -m --memory-swap --cpus --pids-limit. `host` is borrowed until the flags were parsed.
void AddResourceFlags(cli::FlagSet& flags, client::HostOptions* host);

// "1.5" -> 1500000000. kInvalidArgument for what is not a decimal number with at most nine digits
// behind the point.
Result<int64_t> ParseCpus(std::string_view text);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_RESOURCE_OPTIONS_H_
