// The unified hierarchy of version 2.
#ifndef ISULAD_DAEMON_MODULES_CGROUP_V2_H_
#define ISULAD_DAEMON_MODULES_CGROUP_V2_H_

#include <memory>
#include <string>

#include "daemon/modules/cgroup/cgroup.h"

namespace isulad::cgroup {

std::unique_ptr<Hierarchy> MakeHierarchyV2(std::string root);

}  // namespace isulad::cgroup

#endif  // ISULAD_DAEMON_MODULES_CGROUP_V2_H_
