// Version 1 hierarchies, with or without a version 2 hierarchy beside them (hybrid).
#ifndef ISULAD_DAEMON_MODULES_CGROUP_V1_H_
#define ISULAD_DAEMON_MODULES_CGROUP_V1_H_

#include <map>
#include <memory>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"

namespace isulad::cgroup {

// Where each hierarchy is mounted.
struct MountsV1 {
  // By controller, and "systemd" for name=systemd. Controllers that are mounted together
  // ("cpu,cpuacct") share one directory.
  std::map<std::string, std::string> directories;
  std::string unified;  // empty if there is none
};

// Looks for hierarchies in the directories below `root`. Symbolic links (cpu -> cpu,cpuacct) are
// resolved.
MountsV1 FindMountsV1(const std::string& root);

std::unique_ptr<Hierarchy> MakeHierarchyV1(MountsV1 mounts);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_V1_H_
