// What containers get that ask for nothing else: the daemon's configuration says so, and create
// writes it into the container's, which no later change of the daemon's changes.
#ifndef ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_
#define ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/modules/logs/log_options.h"
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

// `asked`, and those of `defaults` that are not named there.
std::vector<Ulimit> WithDefaults(const Defaults& defaults, std::vector<Ulimit> asked);

// The hooks of `defaults`, then those of `asked`.
spec::Hooks WithDefaults(const Defaults& defaults, const spec::Hooks& asked);

// The options of the default driver hold for it, where `options` do not name them.
// kInvalidArgument as by logs::ParseLogOptions.
Result<logs::LogOptions> LogWithDefaults(const Defaults& defaults, const std::string& driver,
                                         const std::vector<std::string>& options);

// Reads a hook specification; empty: no hooks. kInvalidArgument where it is none, or names what is
// no program of the host.
Result<spec::Hooks> ReadHooks(const std::string& text);

}  // namespace isulad::container

#endif  // ISULAD_DAEMON_MODULES_CONTAINER_DEFAULTS_H_
