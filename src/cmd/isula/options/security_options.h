// The flags that give a container more rights than the default, or fewer.
#ifndef ISULAD_CMD_ISULA_OPTIONS_SECURITY_OPTIONS_H_
#define ISULAD_CMD_ISULA_OPTIONS_SECURITY_OPTIONS_H_

#include "cmd/isula/cli/flag_set.h"
#include "cmd/isula/client/container_types.h"

namespace isulad::options {

// `security` is borrowed until the flags have been parsed. Values are checked as far as that needs
// no daemon, and sent as written.
void AddSecurityFlags(cli::FlagSet& flags, client::containers_v1::SecurityConfig* security);

}  // namespace isulad::options

#endif  // ISULAD_CMD_ISULA_OPTIONS_SECURITY_OPTIONS_H_
