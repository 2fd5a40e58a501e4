#include "utils/os/mount_query.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

UniqueFd OpenDirectory(const std::string& path) {
  Result<UniqueFd> fd = Open(path, O_PATH | O_DIRECTORY);
  EXPECT_OK(fd);
  return fd ? *std::move(fd) : UniqueFd();
}

void MountSmallTmpfs(const std::string& path, const std::string& source) {
  ASSERT_EQ(::mount(source.c_str(), path.c_str(), "tmpfs", 0, "size=64k"), 0);
}

// Skips the test where this kernel has no such calls.
#define QUERY_OR_SKIP(name, fd)                                              \
  const Result<QueriedMount> name = QueryMountOf(fd);                        \
  if (!name && name.error().system_errno() == ENOSYS) {                      \
    GTEST_SKIP() << "no statmount(2) with a source here, before Linux 6.13"; \
  }                                                                          \
  ASSERT_OK(name)

TEST(QueryMount, TellsOfTheTopmostAndOfItsParent) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountSmallTmpfs(directory.path(), "lower");
    MountSmallTmpfs(directory.path(), "isulad:one two");
    const UniqueFd root = OpenDirectory(directory.path());
    QUERY_OR_SKIP(top, root.get());
    EXPECT_EQ(top->type, "tmpfs");
    EXPECT_EQ(top->root, "/");
    EXPECT_EQ(top->source, "isulad:one two");
    ASSERT_OK_AND_ASSIGN(const QueriedMount lower, QueryMount(top->parent_id));
    EXPECT_EQ(lower.source, "lower");
    EXPECT_EQ(lower.id, top->parent_id);
  });
}

TEST(QueryMount, NamesTheDirectoryThatIsBound) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountSmallTmpfs(directory.path(), "bound");
    ASSERT_OK(MakeDirectories(directory.Sub("a/b"), 0755));
    ASSERT_EQ(::mount(directory.Sub("a/b").c_str(), directory.Sub("a").c_str(), nullptr, MS_BIND,
                      nullptr),
              0);
    const UniqueFd bound = OpenDirectory(directory.Sub("a"));
    QUERY_OR_SKIP(mount, bound.get());
    EXPECT_EQ(mount->root, "/a/b");
    EXPECT_EQ(mount->source, "bound");
  });
}

TEST(QueryMount, SeesWhatIsMountedInside) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountSmallTmpfs(directory.path(), "outer");
    ASSERT_OK(MakeDirectories(directory.Sub("in"), 0755));
    const UniqueFd root = OpenDirectory(directory.path());
    QUERY_OR_SKIP(mount, root.get());
    EXPECT_FALSE(HasMountsInside(mount->id).value_or(true));
    MountSmallTmpfs(directory.Sub("in"), "inner");
    EXPECT_TRUE(HasMountsInside(mount->id).value_or(false));
    ASSERT_EQ(::umount2(directory.Sub("in").c_str(), MNT_DETACH), 0);
    EXPECT_FALSE(HasMountsInside(mount->id).value_or(true));
    ASSERT_EQ(::umount2(directory.path().c_str(), MNT_DETACH), 0);
    EXPECT_FALSE(QueryMount(mount->id)) << "it is gone";
  });
}

}  // namespace
}  // namespace isulad::os
