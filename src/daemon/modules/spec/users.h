// Who a process runs as: names looked up in the container's own /etc/passwd and /etc/group, opened
// so that no link leads out of the rootfs.
#ifndef ISULAD_DAEMON_MODULES_SPEC_USERS_H_
#define ISULAD_DAEMON_MODULES_SPEC_USERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "utils/base/result.h"

namespace isulad::spec {

struct Identity {
  uint32_t uid = 0;
  uint32_t gid = 0;
  std::vector<uint32_t> additional_gids;
  std::string home = "/";  // of passwd; "/" (root: "/root") where the user has no entry
};

// `user`: "", "uid", "name", "uid:gid", "name:group". `rootfs` is a descriptor of the rootfs
// directory. `group_add`: groups that the process has besides, names or numbers. kInvalidArgument:
// `unable to find user "x": no matching entries in passwd file`.
Result<Identity> LookUpUser(int rootfs, const std::string& user,
                            const std::vector<std::string>& group_add = {});

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_USERS_H_
