// Checks the number of a command's arguments. Pure, thread-safe.
#ifndef ISULAD_CMD_ISULA_CLI_ARGUMENTS_H_
#define ISULAD_CMD_ISULA_CLI_ARGUMENTS_H_

#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "utils/base/result.h"

namespace isulad::cli {

// `"create" requires a minimum of 1 argument.`
Status RequireAtLeast(std::string_view command, const Arguments& arguments, size_t minimum);
// `"channel ls" requires at most 1 argument.`
Status RequireAtMost(std::string_view command, const Arguments& arguments, size_t maximum);
// `"logs" requires exactly 1 argument.`, `"ps" requires 0 arguments.`
Status RequireExactly(std::string_view command, const Arguments& arguments, size_t number);

}  // namespace isulad::cli

#endif  // ISULAD_CMD_ISULA_CLI_ARGUMENTS_H_
