#include "cmd/isula/options/container_options.h"

#include "cmd/isula/cli/arguments.h"
#include "cmd/isula/options/file_options.h"
#include "cmd/isula/options/health_options.h"
#include "cmd/isula/options/host_options.h"
#include "cmd/isula/options/label_options.h"
#include "cmd/isula/options/limit_options.h"
#include "cmd/isula/options/namespace_options.h"
#include "cmd/isula/options/process_options.h"
#include "cmd/isula/options/security_options.h"
#include "cmd/isula/options/setters.h"
#include "utils/base/ids.h"

namespace isulad::options {
namespace {

Status CheckName(std::string_view text) {
  return IsValidName(text)
             ? OkStatus()
             : InvalidArgument("must match [a-zA-Z0-9][a-zA-Z0-9_.-]*, at most 255 bytes");
}

}  // namespace

void AddContainerFlags(cli::FlagSet& flags, client::ContainerOptions* options) {
  flags.AddValue({"name", 'n'}, Assign(&options->name, CheckName),
                 {"NAME", "Name of the container (default: its id)"});
  AddProcessFlags(flags, options->spec.mutable_process());
  AddInitProcessFlags(flags, options->spec.mutable_process());
  client::containers_v1::HostConfig* host = options->spec.mutable_host();
  AddLimitFlags(flags, host->mutable_limits());
  AddSecurityFlags(flags, host->mutable_security());
  AddNamespaceFlags(flags, host->mutable_namespaces());
  AddHostFlags(flags, host);
  AddFileFlags(flags, host->mutable_files());
  AddLabelFlags(flags, host);
  AddHealthFlags(flags, host->mutable_health());
}

Status TakeArguments(std::string_view command, const cli::Arguments& arguments,
                     client::ContainerOptions* options) {
  RETURN_IF_ERROR(cli::RequireAtLeast(command, arguments, 1));
  options->spec.set_image(arguments.front());
  options->spec.mutable_process()->mutable_args()->Assign(arguments.begin() + 1, arguments.end());
  return OkStatus();
}

}  // namespace isulad::options
