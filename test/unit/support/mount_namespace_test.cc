#include "support/mount_namespace.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

namespace isulad::test {
namespace {

ino_t MountNamespace() {
  struct stat status = {};
  EXPECT_EQ(::stat("/proc/self/ns/mnt", &status), 0);
  return status.st_ino;
}

TEST(RunInChild, ReportsFailuresOfTheChild) {
  EXPECT_NONFATAL_FAILURE(RunInChild([] { EXPECT_EQ(1, 2) << "from the child"; }),
                          "from the child");
  EXPECT_NONFATAL_FAILURE(RunInChild([] { ASSERT_TRUE(false) << "left early"; }), "left early");
}

TEST(RunInChild, ReportsAChildThatDies) {
  EXPECT_NONFATAL_FAILURE(RunInChild([] { ::raise(SIGKILL); }), "ended by signal 9");
  EXPECT_NONFATAL_FAILURE(RunInChild([] { ::_exit(3); }), "exited with 3");
}

TEST(RunInChild, LeavesTheCallersProcessAlone) {
  const pid_t caller = ::getpid();
  int touched = 0;
  RunInChild([&] {
    EXPECT_NE(::getpid(), caller);
    touched = 1;
  });
  EXPECT_EQ(touched, 0);
}

TEST(RunInMountNamespace, IsInAnother) {
  const ino_t outside = MountNamespace();
  RunInMountNamespace([outside] { EXPECT_NE(MountNamespace(), outside); });
}

}  // namespace
}  // namespace isulad::test
