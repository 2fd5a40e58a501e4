#include "cmd/isula/options/container_options.h"

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/options/file_options.h"
#include "cmd/isula/options/health_options.h"
#include "cmd/isula/options/host_options.h"
#include "cmd/isula/options/label_options.h"
#include "cmd/isula/options/limit_options.h"
#include "cmd/isula/options/namespace_options.h"
#include "cmd/isula/options/process_options.h"
#include "cmd/isula/options/resource_options.h"
#include "cmd/isula/options/security_options.h"
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
  AddLimitFlags(flags, &options->host.limits);
  AddSecurityFlags(flags, &options->host.security);
  AddNamespaceFlags(flags, &options->host.namespaces);
  AddHostFlags(flags, &options->host);
  AddFileFlags(flags, &options->host.files);
  AddLabelFlags(flags, &options->host);
  AddHealthFlags(flags, &options->host.health);
}

Status TakeArguments(std::string_view command, const cli::Arguments& arguments,
                     client::ContainerOptions* options) {
  RETURN_IF_ERROR(cli::RequireAtLeast(command, arguments, 1));
  options->image = arguments.front();
  options->process.args.assign(arguments.begin() + 1, arguments.end());
  return OkStatus();
}

}  // namespace isulad::options
