// User namespaces as values for idmapped mounts (user_namespaces(7), mount_setattr(2)).
#ifndef ISULAD_UTILS_OS_USER_NAMESPACE_H_
#define ISULAD_UTILS_OS_USER_NAMESPACE_H_

#include "utils/base/result.h"
#include "utils/base/user_remap.h"
#include "utils/os/unique_fd.h"

namespace isulad::os {

// A new user namespace in which the ids of `remap` are mapped, and in which nothing runs: it lasts
// as long as the descriptor. Made by a child that lives for that moment and dies with the caller.
// Needs root. Thread-safe.
Result<UniqueFd> CreateUserNamespace(const UserRemap& remap);

}  // namespace isulad::os

#endif  // ISULAD_UTILS_OS_USER_NAMESPACE_H_
