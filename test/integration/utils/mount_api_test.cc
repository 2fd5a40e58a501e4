#include "utils/os/mount_api.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <string>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"
#include "utils/os/user_namespace.h"

namespace isulad::os {
namespace {

using test::IsErrorWith;

constexpr uint64_t kSize = 256 << 10;

uint64_t SizeOf(const std::string& path) {
  struct statvfs status = {};
  EXPECT_EQ(::statvfs(path.c_str(), &status), 0);
  return uint64_t{status.f_blocks} * status.f_frsize;
}

unsigned long FlagsOf(const std::string& path) {
  struct statvfs status = {};
  EXPECT_EQ(::statvfs(path.c_str(), &status), 0);
  return status.f_flag;
}

Result<UniqueFd> MountedTmpfs(const std::string& path, uint64_t attributes) {
  ASSIGN_OR_RETURN(
      UniqueFd mount,
      CreateFilesystem("tmpfs", {{"size", std::to_string(kSize)}, {"mode", "1777"}}, attributes));
  ASSIGN_OR_RETURN(const UniqueFd target, Open(path, O_PATH | O_DIRECTORY));
  RETURN_IF_ERROR(MoveMount(mount.get(), target.get()));
  return mount;
}

// A directory in a mount namespace of its own.
void WithDirectory(const std::function<void(const std::string& path)>& body) {
  const test::TempDir directory;
  test::RunInMountNamespace([&] { body(directory.path()); });
}

TEST(MountApi, CreatesAndAttachesAFilesystem) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK(MountedTmpfs(path, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
    EXPECT_EQ(SizeOf(path), kSize);
    EXPECT_EQ(FlagsOf(path) & (ST_NOSUID | ST_NODEV | ST_NOEXEC), ST_NOSUID | ST_NODEV);
  });
}

TEST(MountApi, LeavesNothingMountedBeforeTheMove) {
  WithDirectory([](const std::string& path) {
    const uint64_t before = SizeOf(path);
    ASSERT_OK(CreateFilesystem("tmpfs", {{"size", std::to_string(kSize)}}, 0));
    EXPECT_EQ(SizeOf(path), before);
  });
}

TEST(MountApi, PassesOnTheKernelsOwnReason) {
  WithDirectory([](const std::string&) {
    EXPECT_THAT(CreateFilesystem("tmpfs", {{"colour", "red"}}, 0),
                IsErrorWith(Code::kInternal, "set colour to \"red\": Invalid argument (tmpfs: "));
    EXPECT_THAT(CreateFilesystem("tmpfs", {{"size", "many"}}, 0), test::IsErrno(EINVAL));
    EXPECT_THAT(CreateFilesystem("nofs", {}, 0),
                IsErrorWith(Code::kInternal, "open file system type \"nofs\""));
  });
}

TEST(MountApi, ResizesAndKeepsTheMountsAttributes) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path, MOUNT_ATTR_NOSUID));
    ASSERT_OK(ReconfigureFilesystem(mount.get(), {{"size", std::to_string(2 * kSize)}}));
    EXPECT_EQ(SizeOf(path), 2 * kSize);
    EXPECT_NE(FlagsOf(path) & ST_NOSUID, 0u);
  });
}

TEST(MountApi, RefusesToShrinkBelowWhatIsUsed) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path, 0));
    ASSERT_OK(WriteFileAtomic(path + "/f", std::string(kSize / 2, 'x'), 0600, Sync::kNone));
    const Status shrunk = ReconfigureFilesystem(mount.get(), {{"size", "4096"}});
    EXPECT_THAT(shrunk, test::IsErrno(EINVAL));
    EXPECT_THAT(shrunk, IsErrorWith(Code::kInternal, "Too small a size for current use"));
    EXPECT_EQ(SizeOf(path), kSize);
  });
}

TEST(MountApi, SetsAndClearsAttributes) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path, MOUNT_ATTR_NODEV));
    ASSERT_OK(SetMountAttributes(mount.get(), MOUNT_ATTR_RDONLY, MOUNT_ATTR_NODEV, MS_PRIVATE));
    EXPECT_EQ(FlagsOf(path) & (ST_RDONLY | ST_NODEV), ST_RDONLY + 0u);
    EXPECT_THAT(Open(path + "/f", O_CREAT | O_WRONLY, 0600), test::IsErrno(EROFS));
  });
}

TEST(MountApi, ClonesAMountWithAttributesOfItsOwn) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK(MakeDirectories(path + "/a", 0700));
    ASSERT_OK(MakeDirectories(path + "/b", 0700));
    ASSERT_OK(MountedTmpfs(path + "/a", 0));
    ASSERT_OK_AND_ASSIGN(const UniqueFd root, Open(path + "/a", O_PATH | O_DIRECTORY));
    ASSERT_OK_AND_ASSIGN(const UniqueFd clone, CloneMount(root.get()));
    ASSERT_OK(SetMountAttributes(clone.get(), MOUNT_ATTR_RDONLY, 0, 0));
    ASSERT_OK_AND_ASSIGN(const UniqueFd target, Open(path + "/b", O_PATH | O_DIRECTORY));
    ASSERT_OK(MoveMount(clone.get(), target.get()));
    ASSERT_OK(WriteFileAtomic(path + "/a/f", "shared", 0600, Sync::kNone));
    EXPECT_EQ(ReadFile(path + "/b/f").value_or(""), "shared");
    EXPECT_THAT(Open(path + "/b/g", O_CREAT | O_WRONLY, 0600), test::IsErrno(EROFS));
  });
}

TEST(MountApi, UnmountsAPathUnlessItIsBusy) {
  WithDirectory([](const std::string& path) {
    {
      ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path, 0));
      EXPECT_THAT(Unmount(path, 0), IsErrorWith(Code::kFailedPrecondition, "unmount \"" + path));
    }
    ASSERT_OK(Unmount(path, 0));
    EXPECT_NE(SizeOf(path), kSize);
    EXPECT_THAT(Unmount(path, 0), test::IsErrno(EINVAL));
  });
}

TEST(MountApi, DoesNotUnmountThroughALink) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK(MakeDirectories(path + "/mounted", 0700));
    ASSERT_EQ(::symlink("mounted", (path + "/link").c_str()), 0);
    ASSERT_OK(MountedTmpfs(path + "/mounted", 0));
    EXPECT_THAT(Unmount(path + "/link", 0), test::IsErrno(EINVAL));
    EXPECT_EQ(SizeOf(path + "/mounted"), kSize);
  });
}

TEST(MountApi, DetachesByDescriptorEvenWhereThePathHasMoved) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK(MakeDirectories(path + "/old/mounted", 0700));
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path + "/old/mounted", 0));
    ASSERT_EQ(::rename((path + "/old").c_str(), (path + "/new").c_str()), 0);
    ASSERT_OK(DetachMount(mount.get()));
    EXPECT_NE(SizeOf(path + "/new/mounted"), kSize);
    ASSERT_OK(RemoveTree(path + "/new"));
  });
}

TEST(MountApi, MapsIdsAsAUserNamespaceDoes) {
  WithDirectory([](const std::string& path) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd user_namespace,
                         CreateUserNamespace({100000, 200000, 65536}));
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, MountedTmpfs(path, 0));
    ASSERT_OK_AND_ASSIGN(const UniqueFd clone, CloneMount(mount.get()));
    const Status mapped = MapMountIds(clone.get(), user_namespace.get());
    if (!mapped) {
      EXPECT_TRUE(IsUnmappable(mapped.error())) << mapped.error().message();
      GTEST_SKIP() << "this kernel cannot map ids on a tmpfs";
    }
    struct stat status = {};
    ASSERT_EQ(::fstatat(clone.get(), "", &status, AT_EMPTY_PATH), 0);
    EXPECT_EQ(status.st_uid, 100000u);
    EXPECT_EQ(status.st_gid, 200000u);
    ASSERT_EQ(::fstatat(mount.get(), "", &status, AT_EMPTY_PATH), 0);
    EXPECT_EQ(status.st_uid, 0u);
    const Status again = MapMountIds(clone.get(), user_namespace.get());
    ASSERT_FALSE(again);
    EXPECT_TRUE(IsUnmappable(again.error()));
  });
}

TEST(MountApi, SaysWhereAFilesystemCannotMapIds) {
  WithDirectory([](const std::string&) {
    ASSERT_OK_AND_ASSIGN(const UniqueFd user_namespace, CreateUserNamespace({1, 1, 1}));
    ASSERT_OK_AND_ASSIGN(const UniqueFd mount, CreateFilesystem("ramfs", {}, 0));
    const Status mapped = MapMountIds(mount.get(), user_namespace.get());
    ASSERT_FALSE(mapped);
    EXPECT_TRUE(IsUnmappable(mapped.error()));
  });
}

TEST(UserNamespace, LeavesNoChildBehind) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  ASSERT_OK(CreateUserNamespace({100000, 100000, 65536}));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(MountApi, RemovesAMountPointWithAllThatIsOnIt) {
  WithDirectory([](const std::string& path) {
    const std::string point = path + "/point";
    ASSERT_EQ(::mkdir(point.c_str(), 0700), 0);
    ASSERT_OK(MountedTmpfs(point, 0));
    ASSERT_OK(RemoveMountPoint(point));
    EXPECT_FALSE(PathExists(point));
    ASSERT_OK(RemoveMountPoint(point)) << "not there";
    ASSERT_EQ(::mkdir(point.c_str(), 0700), 0);
    ASSERT_OK(RemoveMountPoint(point)) << "nothing mounted";
    EXPECT_FALSE(PathExists(point));
  });
}

}  // namespace
}  // namespace isulad::os
