// The contract suite on this machine's own hierarchies: on a hybrid host both versions'.
#include "integration/cgroup/linux_world.h"
#include "support/fakes/cgroup_contract.h"

namespace isulad::test {
namespace {

CgroupWorldFactory MountedAt(const char* mount) {
  return [mount] { return LinuxCgroupWorld::Create(mount); };
}

INSTANTIATE_TEST_SUITE_P(Linux, CgroupContract,
                         testing::Values(MountedAt("/sys/fs/cgroup"),
                                         MountedAt("/sys/fs/cgroup/unified")));

}  // namespace
}  // namespace isulad::test
