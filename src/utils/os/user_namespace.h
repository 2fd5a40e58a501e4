// User namespaces as values for idmapped mounts (user_namespaces(7), mount_setattr(2)).
#ifndef ISULAD_UTILS_OS_USER_NAMESPACE_H_
#define ISULAD_UTILS_OS_USER_NAMESPACE_H_

#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// Creates a user namespace with the mapping `remap` in which no process runs; it lasts as long as
// the descriptor. It is created by a short-lived child process that dies with the caller. Needs
// root. Thread-safe.
Result<UniqueFd> CreateUserNamespace(const UserRemap& remap);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_USER_NAMESPACE_H_
