#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

Status Touch(const std::string& path) { return WriteFileAtomic(path, "", 0600, Sync::kNone); }

TEST(RemoveTree, RemovesAllThatIsBeneath) {
  const test::TempDir directory;
  ASSERT_OK(MakeDirectories(directory.Sub("a/b/c"), 0700));
  ASSERT_OK(Touch(directory.Sub("a/f")));
  ASSERT_OK(Touch(directory.Sub("a/b/c/.g")));
  ASSERT_OK(RemoveTree(directory.Sub("a")));
  EXPECT_FALSE(PathExists(directory.Sub("a")));
}

TEST(RemoveTree, IsDoneWhereThereIsNothing) {
  const test::TempDir directory;
  EXPECT_OK(RemoveTree(directory.Sub("absent")));
  EXPECT_OK(RemoveTree(directory.Sub("absent/beneath")));
}

TEST(RemoveTree, RemovesASingleFile) {
  const test::TempDir directory;
  ASSERT_OK(Touch(directory.Sub("f")));
  ASSERT_OK(RemoveTree(directory.Sub("f")));
  EXPECT_FALSE(PathExists(directory.Sub("f")));
}

TEST(RemoveTree, RemovesLinksAndNotWhatTheyPointTo) {
  const test::TempDir directory;
  ASSERT_OK(MakeDirectories(directory.Sub("outside"), 0700));
  ASSERT_OK(Touch(directory.Sub("outside/kept")));
  ASSERT_OK(MakeDirectories(directory.Sub("a"), 0700));
  ASSERT_EQ(::symlink("../outside", directory.Sub("a/link").c_str()), 0);
  ASSERT_EQ(::symlink("outside", directory.Sub("top").c_str()), 0);
  ASSERT_OK(RemoveTree(directory.Sub("a")));
  ASSERT_OK(RemoveTree(directory.Sub("top")));
  EXPECT_FALSE(PathExists(directory.Sub("a")));
  EXPECT_FALSE(PathExists(directory.Sub("top")));
  EXPECT_TRUE(PathExists(directory.Sub("outside/kept")));
}

}  // namespace
}  // namespace isulad::os
