// Mount points on real file systems: trusted attributes need root, read-only ones a mount.
#include "daemon/modules/rootfs/mount_points.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::rootfs {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr char kMark[] = "trusted.isulad.mountpoint";

class MountPointsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
    OpenRoot();
  }

  void OpenRoot() { ASSERT_OK_AND_ASSIGN(fd_, os::Open(root_, O_PATH | O_DIRECTORY)); }

  std::string MarkOf(const std::string& path) {
    char value[64] = {};
    const ssize_t length = ::lgetxattr((root_ / path).c_str(), kMark, value, sizeof(value));
    return length < 0 ? "" : std::string(value, static_cast<size_t>(length));
  }

  mode_t ModeOf(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::lstat((root_ / path).c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }

  Status Make(const std::vector<Target>& targets, const std::string& owner = "me") {
    return MakeMountPoints(fd_.get(), targets, owner);
  }
  Status Remove(const std::vector<Target>& targets, const std::string& owner = "me") {
    std::vector<std::string> paths;
    for (const Target& target : targets) {
      paths.push_back(target.path);
    }
    return RemoveMountPoints(fd_.get(), paths, owner);
  }

  test::TempDir directory_;
  const fs::path root_ = directory_.path();
  os::UniqueFd fd_;
};

TEST_F(MountPointsTest, MakesMarksAndRemovesWhatIsMissing) {
  fs::create_directory(root_ / "etc");
  const std::vector<Target> targets = {
      {"/etc/hosts", true}, {"/srv/deep/down", false}, {"/x", false}};
  const mode_t previous = ::umask(077);  // Modes do not depend on it.
  const Status made = Make(targets);
  ::umask(previous);
  ASSERT_OK(made);
  EXPECT_TRUE(fs::is_regular_file(root_ / "etc/hosts"));
  EXPECT_EQ(ModeOf("etc/hosts"), 0644u);
  EXPECT_EQ(ModeOf("srv"), 0755u);
  EXPECT_EQ(ModeOf("srv/deep/down"), 0755u);
  for (const char* path : {"etc/hosts", "srv", "srv/deep", "srv/deep/down", "x"}) {
    EXPECT_EQ(MarkOf(path), "me") << path;
  }
  EXPECT_EQ(MarkOf("etc"), "");
  ASSERT_OK(Remove(targets));
  EXPECT_FALSE(fs::exists(root_ / "srv"));
  EXPECT_FALSE(fs::exists(root_ / "x"));
  EXPECT_FALSE(fs::exists(root_ / "etc/hosts"));
  EXPECT_TRUE(fs::exists(root_ / "etc"));
}

TEST_F(MountPointsTest, ClearsAwayWhatACrashLeftUnpublished) {
  fs::create_directory(root_ / ".isulad-mountpoint");
  const std::vector<Target> targets = {{"/x", false}};
  ASSERT_OK(Make(targets));
  EXPECT_FALSE(fs::exists(root_ / ".isulad-mountpoint"));
  EXPECT_EQ(MarkOf("x"), "me");
  fs::create_directory(root_ / ".isulad-mountpoint");
  ASSERT_OK(Remove(targets));
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(MountPointsTest, LetsStartsInOneRootfsPassOneAnother) {
  constexpr int kStarts = 8;
  std::vector<std::thread> starts;
  for (int i = 0; i < kStarts; ++i) {
    starts.emplace_back([this, i] {
      const std::string name = std::to_string(i);
      EXPECT_OK(Make({{"/shared/" + name, false}, {"/shared/file", true}, {"/" + name, false}}));
    });
  }
  for (std::thread& start : starts) {
    start.join();
  }
  for (int i = 0; i < kStarts; ++i) {
    EXPECT_EQ(MarkOf(("shared/" + std::to_string(i)).c_str()), "me");
    EXPECT_EQ(MarkOf(std::to_string(i).c_str()), "me");
  }
  EXPECT_EQ(MarkOf("shared/file"), "me");
  EXPECT_FALSE(fs::exists(root_ / ".isulad-mountpoint"));
  EXPECT_FALSE(fs::exists(root_ / "shared/.isulad-mountpoint"));
}

TEST_F(MountPointsTest, MakesTheTargetOfADanglingLink) {
  fs::create_directory(root_ / "etc");
  fs::create_symlink("../run/resolve/stub.conf", root_ / "etc/resolv.conf");
  const std::vector<Target> targets = {{"/etc/resolv.conf", true}};
  ASSERT_OK(Make(targets));
  EXPECT_TRUE(fs::is_regular_file(root_ / "run/resolve/stub.conf"));
  ASSERT_OK(Remove(targets));
  EXPECT_FALSE(fs::exists(root_ / "run"));
  EXPECT_TRUE(fs::is_symlink(root_ / "etc/resolv.conf"));
}

TEST_F(MountPointsTest, FinishesAnInterruptedRemovalBehindALink) {
  fs::create_directory(root_ / "etc");
  fs::create_symlink("/run/resolve/stub.conf", root_ / "etc/resolv.conf");
  const std::vector<Target> targets = {{"/etc/resolv.conf", true}};
  ASSERT_OK(Make(targets));
  fs::remove(root_ / "run/resolve/stub.conf");
  ASSERT_OK(Remove(targets));
  EXPECT_FALSE(fs::exists(root_ / "run"));
}

TEST_F(MountPointsTest, LinkOutOfTheRootfsStaysInside) {
  fs::create_symlink("/tmp", root_ / "escape");
  const std::string name = "isulad-escape-" + std::to_string(::getpid());
  const std::vector<Target> targets = {{"/escape/" + name, false}};
  ASSERT_OK(Make(targets));
  EXPECT_FALSE(fs::exists("/tmp/" + name));
  EXPECT_TRUE(fs::is_directory(root_ / "tmp" / name));
  ASSERT_OK(Remove(targets));
  EXPECT_FALSE(fs::exists(root_ / "tmp"));
}

TEST_F(MountPointsTest, RemovesOneWithoutFollowingLinks) {
  ASSERT_OK(Make({{"/victim/point", false}, {"/srv/deep", false}}));
  fs::create_symlink("/victim", root_ / "link");
  ASSERT_OK(RemovePlainMountPoint(fd_.get(), "/link/point", "me"));
  EXPECT_TRUE(fs::exists(root_ / "victim/point"));
  ASSERT_OK(RemovePlainMountPoint(fd_.get(), "/srv/deep", "another"));
  EXPECT_TRUE(fs::exists(root_ / "srv/deep"));
  ASSERT_OK(RemovePlainMountPoint(fd_.get(), "/srv/deep", "me"));
  EXPECT_FALSE(fs::exists(root_ / "srv"));
}

TEST_F(MountPointsTest, KeepsWhatIsNotEmpty) {
  const std::vector<Target> targets = {{"/a/b", false}, {"/file", true}};
  ASSERT_OK(Make(targets));
  std::ofstream(root_ / "a/b/data") << "x";
  std::ofstream(root_ / "file") << "x";
  ASSERT_OK(Remove(targets));
  EXPECT_TRUE(fs::exists(root_ / "a/b/data"));
  EXPECT_TRUE(fs::exists(root_ / "file"));
}

TEST_F(MountPointsTest, KeepsWhatAnotherMadeOrTheUserPutThere) {
  const std::vector<Target> targets = {{"/a", false}, {"/b", false}, {"/c", true}};
  ASSERT_OK(Make(targets, "other"));
  fs::remove(root_ / "b");
  fs::create_directory(root_ / "b");
  ASSERT_OK(Remove(targets, "me"));
  EXPECT_TRUE(fs::exists(root_ / "a"));
  ASSERT_OK(Remove(targets, "other"));
  EXPECT_FALSE(fs::exists(root_ / "a"));
  EXPECT_TRUE(fs::exists(root_ / "b"));
  EXPECT_FALSE(fs::exists(root_ / "c"));
}

TEST_F(MountPointsTest, SecondOwnerLeavesTheFirstOnesMark) {
  ASSERT_OK(Make({{"/a", false}}, "first"));
  ASSERT_OK(Make({{"/a/b", false}}, "second"));
  EXPECT_EQ(MarkOf("a"), "first");
  EXPECT_EQ(MarkOf("a/b"), "second");
  ASSERT_OK(Remove({{"/a", false}}, "first"));
  EXPECT_TRUE(fs::exists(root_ / "a/b"));
  ASSERT_OK(Remove({{"/a/b", false}}, "second"));
  EXPECT_FALSE(fs::exists(root_ / "a/b"));
}

TEST_F(MountPointsTest, TakesBackWhatItMadeOnError) {
  std::ofstream(root_ / "file") << "x";
  const Status status = Make({{"/new/dir", false}, {"/other", true}, {"/file/below", false}});
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message(), HasSubstr("\"/file/below\""));
  EXPECT_FALSE(fs::exists(root_ / "new"));
  EXPECT_FALSE(fs::exists(root_ / "other"));
  EXPECT_TRUE(fs::exists(root_ / "file"));
}

TEST_F(MountPointsTest, NamesWhatIsMissingOnAReadOnlyFileSystem) {
  test::RunInMountNamespace([this] {
    ASSERT_EQ(::mount("none", root_.c_str(), "tmpfs", MS_RDONLY, nullptr), 0);
    OpenRoot();
    const Status status = Make({{"/", false}, {"/missing", false}});
    EXPECT_THAT(status, test::IsErrno(EROFS));
    EXPECT_THAT(status, test::IsErrorWith(Code::kInternal, "\"/missing\""));
  });
}

TEST_F(MountPointsTest, LeavesUnmarkedWhereTheFileSystemHasNoAttributes) {
  test::RunInMountNamespace([this] {
    // ramfs has none at all.
    ASSERT_EQ(::mount("none", root_.c_str(), "ramfs", 0, nullptr), 0);
    OpenRoot();
    const std::vector<Target> targets = {{"/a/b", false}, {"/f", true}};
    ASSERT_OK(Make(targets));
    ASSERT_OK(Remove(targets));
    EXPECT_TRUE(fs::is_directory(root_ / "a/b"));
    EXPECT_TRUE(fs::is_regular_file(root_ / "f"));
  });
}

TEST_F(MountPointsTest, LeavesAMountPointThatIsInUse) {
  test::RunInMountNamespace([this] {
    const std::vector<Target> targets = {{"/a", false}};
    ASSERT_OK(Make(targets));
    ASSERT_EQ(::mount("none", (root_ / "a").c_str(), "tmpfs", 0, nullptr), 0);
    ASSERT_OK(Remove(targets));
    EXPECT_TRUE(fs::is_directory(root_ / "a"));
    ASSERT_EQ(::umount((root_ / "a").c_str()), 0);
    ASSERT_OK(Remove(targets));
    EXPECT_FALSE(fs::exists(root_ / "a"));
  });
}

}  // namespace
}  // namespace isulad::rootfs
