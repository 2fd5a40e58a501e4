#include "utils/os/mountinfo.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::os {
namespace {

std::vector<MountEntry> MountsAt(const std::string& target) {
  const Result<std::vector<MountEntry>> all = ReadMountinfo();
  EXPECT_OK(all);
  std::vector<MountEntry> found;
  if (all) {
    std::copy_if(all->begin(), all->end(), std::back_inserter(found),
                 [&](const MountEntry& entry) { return entry.target == target; });
  }
  return found;
}

void MountNamedTmpfs(const std::string& path, const std::string& source) {
  ASSERT_EQ(::mount(source.c_str(), path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=64k"), 0);
}

TEST(ReadMountinfo, DecodesEveryField) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    const std::string path = directory.Sub("with space\tand\\more");
    ASSERT_OK(MakeDirectories(path, 0755));
    MountNamedTmpfs(path, "isulad:one two");
    const std::vector<MountEntry> entries = MountsAt(path);
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].type, "tmpfs");
    EXPECT_EQ(entries[0].source, "isulad:one two");
    EXPECT_EQ(entries[0].root, "/");
    EXPECT_NE(entries[0].options.find("nosuid,nodev"), std::string::npos) << entries[0].options;
    EXPECT_NE(entries[0].superblock_options.find("size=64k"), std::string::npos);
    ASSERT_OK_AND_ASSIGN(const UniqueFd root, Open(path, O_PATH | O_DIRECTORY));
    EXPECT_EQ(MountIdOf(root.get()).value_or(0), entries[0].id);
    EXPECT_NE(entries[0].parent_id, entries[0].id);
  });
}

TEST(ReadMountinfo, ListsStackedMountsFromTheBottomUp) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountNamedTmpfs(directory.path(), "lower");
    MountNamedTmpfs(directory.path(), "upper");
    const std::vector<MountEntry> entries = MountsAt(directory.path());
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].source, "lower");
    EXPECT_EQ(entries[1].source, "upper");
  });
}

TEST(ReadMountinfo, IsOfTheCallingThread) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    std::thread([&] {
      ASSERT_EQ(::unshare(CLONE_NEWNS), 0);
      MountNamedTmpfs(directory.path(), "of the thread");
      EXPECT_EQ(MountsAt(directory.path()).size(), 1u);
    }).join();
    EXPECT_TRUE(MountsAt(directory.path()).empty());
  });
}

TEST(IsMountRoot, TellsTheRootFromWhatIsBeneath) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] {
    MountNamedTmpfs(directory.path(), "isulad");
    ASSERT_OK(MakeDirectories(directory.Sub("beneath"), 0755));
    ASSERT_OK_AND_ASSIGN(const UniqueFd root, Open(directory.path(), O_PATH));
    ASSERT_OK_AND_ASSIGN(const UniqueFd beneath, Open(directory.Sub("beneath"), O_PATH));
    EXPECT_TRUE(IsMountRoot(root.get()).value_or(false));
    EXPECT_FALSE(IsMountRoot(beneath.get()).value_or(true));
    EXPECT_EQ(MountIdOf(root.get()).value_or(0), MountIdOf(beneath.get()).value_or(1));
    EXPECT_THAT(IsMountRoot(-1), test::IsErrno(EBADF));
  });
}

}  // namespace
}  // namespace isulad::os
