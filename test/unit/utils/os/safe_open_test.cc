#include "utils/os/safe_open.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/openat2.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

// A root with /etc/name, /up -> ../../.., /abs -> /etc, and /loop -> loop.
class SafeOpenTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(MakeDirectories(directory_.Sub("etc"), 0700));
    ASSERT_OK(WriteFileAtomic(directory_.Sub("etc/name"), "inside", 0600, Sync::kNone));
    ASSERT_EQ(::symlink("../../..", directory_.Sub("up").c_str()), 0);
    ASSERT_EQ(::symlink("/etc", directory_.Sub("abs").c_str()), 0);
    ASSERT_EQ(::symlink("loop", directory_.Sub("loop").c_str()), 0);
    ASSERT_OK_AND_ASSIGN(root_, Open(directory_.path(), O_PATH | O_DIRECTORY));
  }

  std::string ReadInRoot(const std::string& path) {
    const Result<UniqueFd> file = OpenInRoot(root_.get(), path, O_RDONLY);
    return file ? ReadAll(file->get()).value_or("unreadable") : file.error().message();
  }

  test::TempDir directory_;
  UniqueFd root_;
};

TEST_F(SafeOpenTest, StaysInTheRootThroughLinksAndDots) {
  EXPECT_EQ(ReadInRoot("/etc/name"), "inside");
  EXPECT_EQ(ReadInRoot("abs/name"), "inside");
  EXPECT_EQ(ReadInRoot("up/etc/name"), "inside");
  EXPECT_EQ(ReadInRoot("../../../etc/name"), "inside");
}

TEST_F(SafeOpenTest, RefusesAnyLinkWhereAsked) {
  EXPECT_OK(OpenNoSymlinks(root_.get(), "etc/name", O_RDONLY));
  EXPECT_THAT(OpenNoSymlinks(root_.get(), "abs", O_PATH), test::IsErrno(ELOOP));
  EXPECT_THAT(OpenNoSymlinks(root_.get(), "up/etc/name", O_RDONLY), test::IsErrno(ELOOP));
  EXPECT_THAT(OpenInRoot(root_.get(), "loop", O_RDONLY), test::IsErrno(ELOOP));
}

TEST_F(SafeOpenTest, RefusesMagicLinks) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd proc, Open("/proc", O_PATH | O_DIRECTORY));
  EXPECT_THAT(OpenInRoot(proc.get(), "self/root", O_PATH), test::IsErrno(ELOOP));
}

TEST_F(SafeOpenTest, CreatesWithAModeAndIgnoresItElsewhere) {
  ASSERT_OK_AND_ASSIGN(const UniqueFd made,
                       OpenNoSymlinks(root_.get(), "new", O_CREAT | O_EXCL | O_WRONLY, 0600));
  EXPECT_EQ(::fcntl(made.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_OK(OpenNoSymlinks(root_.get(), "new", O_RDONLY, 0600));
}

TEST_F(SafeOpenTest, KeepsTheErrno) {
  EXPECT_THAT(OpenAt2(root_.get(), "absent", O_RDONLY, 0, 0), test::IsErrno(ENOENT));
  EXPECT_THAT(OpenAt2(root_.get(), "..", O_PATH, 0, RESOLVE_BENEATH), test::IsErrno(EXDEV));
}

}  // namespace
}  // namespace isulad::os
