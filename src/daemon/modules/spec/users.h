// The user that a process runs as: names are looked up in the container's own /etc/passwd and
// /etc/group, opened so that no link leads out of the rootfs.
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
  std::string home = "/";  // from passwd; "/" (root: "/root") if the user has no entry
};

// `user` is "", "uid", "name", "uid:gid" or "name:group". `rootfs` is a descriptor of the rootfs
// directory. `group_add` lists additional groups of the process, by name or number.
// kInvalidArgument: `unable to find user "x": no matching entries in passwd file`.
Result<Identity> LookUpUser(int rootfs, const std::string& user,
                            const std::vector<std::string>& group_add = {});

}  // namespace isulad::spec

#endif  // ISULAD_DAEMON_MODULES_SPEC_USERS_H_
