// What files do at the borders of a file system: full, mounted upon, with attributes.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

using test::IsErrorWith;
using Names = std::vector<std::string>;

void MountTmpfs(const std::string& path, const std::string& options) {
  ASSERT_OK(MakeDirectories(path, 0755));
  ASSERT_EQ(::mount("tmpfs", path.c_str(), "tmpfs", 0, options.c_str()), 0);
}

TEST(WriteFileAtomic, KeepsTheOldFileAndNoTemporaryOneWhereTheDiskIsFull) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountTmpfs(directory.path(), "size=64k");
    const std::string path = directory.Sub("state.json");
    ASSERT_OK(WriteFileAtomic(path, "old", 0600, Sync::kDurable));
    EXPECT_THAT(WriteFileAtomic(path, std::string(128 << 10, 'x'), 0600, Sync::kDurable),
                IsErrorWith(Code::kResourceExhausted, "No space left on device"));
    EXPECT_EQ(ReadFile(path).value_or(""), "old");
    EXPECT_EQ(ListDirectory(directory.path()).value_or(Names{}), Names{"state.json"});
  });
}

TEST(RemoveTree, StopsAtAMountAndKeepsWhatIsInIt) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountTmpfs(directory.Sub("tree/a/mounted"), "size=64k");
    const std::string kept = directory.Sub("tree/a/mounted/kept");
    ASSERT_OK(WriteFileAtomic(kept, "", 0600, Sync::kNone));
    EXPECT_THAT(RemoveTree(directory.Sub("tree")),
                IsErrorWith(Code::kFailedPrecondition, "\"mounted\": something is mounted on it"));
    EXPECT_THAT(RemoveTree(directory.Sub("tree/a/mounted")), test::IsErrno(EXDEV));
    EXPECT_TRUE(PathExists(kept));
  });
}

TEST(RemoveTree, StopsAtABindMountOfTheSameFileSystem) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    ASSERT_OK(MakeDirectories(directory.Sub("outside/kept"), 0755));
    ASSERT_OK(MakeDirectories(directory.Sub("tree/bind"), 0755));
    ASSERT_EQ(::mount(directory.Sub("outside").c_str(), directory.Sub("tree/bind").c_str(), nullptr,
                      MS_BIND, nullptr),
              0);
    EXPECT_THAT(RemoveTree(directory.Sub("tree")), test::IsErrno(EXDEV));
    EXPECT_TRUE(PathExists(directory.Sub("outside/kept")));
  });
}

TEST(RemoveTree, StopsAtAFileThatIsMountedUpon) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    const std::string file = directory.Sub("tree/hosts");
    ASSERT_OK(MakeDirectories(directory.Sub("tree"), 0755));
    ASSERT_OK(WriteFileAtomic(file, "", 0600, Sync::kNone));
    ASSERT_EQ(::mount(file.c_str(), file.c_str(), nullptr, MS_BIND, nullptr), 0);
    EXPECT_THAT(RemoveTree(directory.Sub("tree")), test::IsErrno(EXDEV));
    EXPECT_TRUE(PathExists(file));
  });
}

TEST(Xattr, GoesThroughAPathDescriptor) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountTmpfs(directory.path(), "size=64k");
    ASSERT_OK_AND_ASSIGN(const UniqueFd root, Open(directory.path(), O_PATH | O_DIRECTORY));
    const std::string name = "trusted.isulad.owner";
    EXPECT_THAT(GetXattr(root.get(), name), IsErrorWith(Code::kNotFound, "is not set"));
    ASSERT_OK(SetXattr(root.get(), name, "first"));
    ASSERT_OK(SetXattr(root.get(), name, "id"));
    EXPECT_EQ(GetXattr(root.get(), name).value_or(""), "id");
    EXPECT_THAT(SetXattr(root.get(), "nowhere.name", "x"), test::IsErrno(EOPNOTSUPP));
  });
}

}  // namespace
}  // namespace isulad::os
