#include "cmd/isula/options/container_options.h"

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/options/host_options.h"
#include "cmd/isula/options/process_options.h"
#include "cmd/isula/options/resource_options.h"
#include "utils/base/ids.h"

namespace isulad::options {

void AddContainerFlags(cli::FlagSet& flags, client::ContainerOptions* options) {
  flags.AddValue(
      {"name", 'n'},
      [options](std::string_view text) -> Status {
        if (!IsValidName(text)) {
          return InvalidArgument("must match [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes");
        }
        options->name = text;
        return OkStatus();
      },
      {"NAME", "Name of the container (default: its id)"});
  AddProcessFlags(flags, &options->process);
  AddInitProcessFlags(flags, &options->process);
  AddResourceFlags(flags, &options->host);
  AddHostFlags(flags, &options->host);
}

Status TakeArguments(std::string_view command, const cli::Arguments& arguments,
                     client::ContainerOptions* options) {
  RETURN_IF_ERROR(cli::RequireAtLeast(command, arguments, 1));
  options->image = arguments.front();
  options->process.args.assign(arguments.begin() + 1, arguments.end());
  return OkStatus();
}

}  // namespace isulad::options
