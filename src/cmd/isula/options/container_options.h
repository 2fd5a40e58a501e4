// The options that create and run have in common: `[OPTIONS] IMAGE [COMMAND [ARG...]]`.
#ifndef ISULAD_CMD_ISULA_OPTIONS_CONTAINER_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_CONTAINER_OPTIONS_H_

#include <string_view>

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"
#include "utils/base/result.h"

namespace isulad::options {

// `options` is borrowed until the flags have been parsed.
void AddContainerFlags(cli::FlagSet& flags, client::ContainerOptions* options);
// Fills in image and command.
Status TakeArguments(std::string_view command, const cli::Arguments& arguments,
                     client::ContainerOptions* options);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_CONTAINER_OPTIONS_H_
