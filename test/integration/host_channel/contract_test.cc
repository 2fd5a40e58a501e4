#include "linux_host.h"
#include "support/host_channel/mount_ops_contract.h"

namespace isulad::host_channel::test {
namespace {

INSTANTIATE_TEST_SUITE_P(Linux, MountOpsContract, testing::Values(HostFactory(LinuxHost::Create)));

}  // namespace
}  // namespace isulad::host_channel::test
