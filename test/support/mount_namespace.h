// Runs a test's body where its mounts are nobody else's.
#ifndef ISULAD_TEST_SUPPORT_MOUNT_NAMESPACE_H_
#define ISULAD_TEST_SUPPORT_MOUNT_NAMESPACE_H_

#include <functional>

namespace isulad::test {

// Runs `body` in a forked child in a mount namespace of its own (all propagation private). What
// fails there fails the calling test, with file and line; so does a child that dies. GTEST_SKIP()
// in the body skips the calling test. Where the caller may not make namespaces the test is skipped
// and says so. All mounts that are left are gone when it returns; a child process that the body
// leaves behind keeps them.
//
// ASSERT_* and GTEST_SKIP() return from the body only: nothing should follow the call in the test.
//
//   TEST(LinuxMountOps, MountsATmpfs) {
//     RunInMountNamespace([] { ASSERT_OK(...); });
//   }
void RunInMountNamespace(const std::function<void()>& body);

// The same in a forked child that shares the caller's mount namespace: for what changes the process
// (credentials, resource limits, seccomp).
void RunInChild(const std::function<void()>& body);

}  // namespace isulad::test

#endif  // ISULAD_TEST_SUPPORT_MOUNT_NAMESPACE_H_
