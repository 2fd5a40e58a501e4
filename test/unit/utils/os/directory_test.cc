#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

using Names = std::vector<std::string>;

mode_t DirectoryModeOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777;
}

TEST(MakeDirectories, MakesAllThatAreMissingWithTheMode) {
  const test::TempDir directory;
  const mode_t before = ::umask(077);
  ASSERT_OK(MakeDirectories(directory.Sub("a//b/c/"), 0751));
  ::umask(before);
  EXPECT_EQ(DirectoryModeOf(directory.Sub("a")), 0751u);
  EXPECT_EQ(DirectoryModeOf(directory.Sub("a/b/c")), 0751u);
}

TEST(MakeDirectories, LeavesWhatExistsAsItIs) {
  const test::TempDir directory;
  ASSERT_EQ(::mkdir(directory.Sub("a").c_str(), 0700), 0);
  ASSERT_EQ(::symlink("a", directory.Sub("link").c_str()), 0);
  ASSERT_OK(MakeDirectories(directory.Sub("link/b"), 0755));
  ASSERT_OK(MakeDirectories(directory.Sub("a/b"), 0700));
  EXPECT_EQ(DirectoryModeOf(directory.Sub("a")), 0700u);
  EXPECT_EQ(DirectoryModeOf(directory.Sub("a/b")), 0755u);
}

TEST(MakeDirectories, RefusesAFileInTheWay) {
  const test::TempDir directory;
  ASSERT_OK(WriteFileAtomic(directory.Sub("f"), "", 0600, Sync::kNone));
  EXPECT_THAT(MakeDirectories(directory.Sub("f/a"), 0755), test::IsErrno(ENOTDIR));
}

TEST(ListDirectory, ListsSortedWithoutDots) {
  const test::TempDir directory;
  for (const std::string name : {"b", ".hidden", "a"}) {
    ASSERT_OK(MakeDirectories(directory.Sub(name), 0700));
  }
  EXPECT_EQ(ListDirectory(directory.path()).value_or(Names{}), (Names{".hidden", "a", "b"}));
  EXPECT_EQ(ListDirectory(directory.Sub("a")).value_or(Names{"unreadable"}), Names{});
  EXPECT_THAT(ListDirectory(directory.Sub("c")), test::IsErrno(ENOENT));
}

}  // namespace
}  // namespace isulad::os
