#ifndef ISULAD_CMD_ISULAD_SHIM_OWN_CGROUPS_H_
#define ISULAD_CMD_ISULAD_SHIM_OWN_CGROUPS_H_

#include "shim_protocol/messages.h"
#include "utils/base/result.h"

namespace isulad::monitor {

// Moves this process into each of `config.own_cgroups`; missing ones are created. All are tried,
// and the first error is returned.
Status JoinOwnCgroups(const shim::Config& config);

}  // namespace isulad::monitor

#endif  // ISULAD_CMD_ISULAD_SHIM_OWN_CGROUPS_H_
