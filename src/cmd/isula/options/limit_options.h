// The flags of the less common limits of create and run.
#ifndef ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// `limits` is borrowed until the flags were parsed.
void AddLimitFlags(cli::FlagSet& flags, client::ResourceLimits* limits);

// A setter for a whole number, at least `lowest`.
cli::FlagSet::Setter WholeNumber(int64_t lowest, std::function<void(int64_t)> set);
// A setter for a size in bytes with a unit.
cli::FlagSet::Setter Bytes(std::function<void(int64_t)> set);
// A setter for numbers and ranges, "0-2,4".
cli::FlagSet::Setter NumberList(std::function<void(std::string_view)> set);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_LIMIT_OPTIONS_H_
