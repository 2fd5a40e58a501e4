// What containers get that ask for nothing else: the daemon's configuration says so, and create
// writes it into the container's, which no later change of the daemon's changes.
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
  std::vector<Ulimit> ulimits;           // a name once
  spec::Hooks hooks;                     // run before the container's own
  std::string log_driver;                // empty: json-file
  std::vector<std::string> log_options;  // each KEY=VALUE, of that driver
};

// Puts them into `host` where it does not say otherwise: ulimits by their names, options of the log
// by their keys, for the driver that they are for; the hooks run before its own. kInvalidArgument
// where the hooks of `host` are none.
Status AddDefaults(const Defaults& defaults, spec::HostConfig& host);

// kInvalidArgument where one is no program of the host.
Status CheckHooks(const spec::Hooks& hooks);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_
