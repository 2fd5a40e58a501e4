// Defaults for containers that ask for nothing else. They come from the daemon's configuration;
// create writes them into the container's configuration, which later changes to the daemon's do not
// affect.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/spec/container_spec.h"
#include "daemon/modules/spec/hooks.h"
#include "utils/base/limit_text.h"
#include "utils/base/result.h"

namespace isulad::container {

struct Defaults {
  std::vector<Ulimit> ulimits;           // each name once
  spec::Hooks hooks;                     // run before the container's own
  std::string log_driver;                // empty: json-file
  std::vector<std::string> log_options;  // each KEY=VALUE, of that driver
};

// Adds the defaults to `host` for what it does not set: ulimits by name, and log options by key, if
// the driver is the one they are for. The hooks run before those of `host`. kInvalidArgument if the
// hooks of `host` are malformed.
Status AddDefaults(const Defaults& defaults, spec::HostConfig& host);

// kInvalidArgument if a hook is not a program on the host.
Status CheckHooks(const spec::Hooks& hooks);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_
