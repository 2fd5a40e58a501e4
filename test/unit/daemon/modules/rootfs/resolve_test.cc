#include "daemon/modules/rootfs/resolve.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "daemon/modules/rootfs/mount_points.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::rootfs {
namespace {

class ResolveTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(root_ / "etc");
    ASSERT_OK_AND_ASSIGN(fd_, os::Open(root_, O_PATH | O_DIRECTORY));
  }

  void Link(const std::string& text, const std::string& name) {
    std::filesystem::create_symlink(text, root_ / name);
  }
  std::string Resolve(const std::string& path) {
    const auto result = ResolveInRoot(fd_.get(), path);
    return result ? *result : "error: " + result.error().message();
  }

  test::TempDir base_;
  const std::filesystem::path root_ = base_.Sub("rootfs");
  os::UniqueFd fd_;
};

TEST_F(ResolveTest, KeepsPlainPaths) {
  EXPECT_EQ(Resolve("/"), "/");
  EXPECT_EQ(Resolve("/etc"), "/etc");
  EXPECT_EQ(Resolve("/etc/hosts"), "/etc/hosts");
  EXPECT_EQ(Resolve("/not/there/at/all"), "/not/there/at/all");
}

TEST_F(ResolveTest, FollowsDanglingLinkInsideTheRoot) {
  Link("../run/systemd/resolve/stub-resolv.conf", "etc/resolv.conf");
  EXPECT_EQ(Resolve("/etc/resolv.conf"), "/run/systemd/resolve/stub-resolv.conf");
}

TEST_F(ResolveTest, AbsoluteLinksStartAtTheRoot) {
  Link(base_.path(), "outside");
  EXPECT_EQ(Resolve("/outside/file"), base_.path() + "/file");
}

TEST_F(ResolveTest, DotDotStopsAtTheRoot) {
  Link("../../../..", "etc/up");
  EXPECT_EQ(Resolve("/etc/up/x"), "/x");
}

TEST_F(ResolveTest, FollowsChainsOfLinks) {
  Link("b", "a");
  Link("/etc", "b");
  EXPECT_EQ(Resolve("/a/file"), "/etc/file");
}

TEST_F(ResolveTest, RefusesLoop) {
  Link("loop2", "loop1");
  Link("loop1", "loop2");
  EXPECT_THAT(ResolveInRoot(fd_.get(), "/loop1/x"), test::IsErrno(ELOOP));
}

TEST_F(ResolveTest, RefusesFileOnTheWay) {
  std::ofstream(root_ / "file") << "x";
  EXPECT_THAT(ResolveInRoot(fd_.get(), "/file/x"), test::IsErrno(ENOTDIR));
}

TEST_F(ResolveTest, MakingNamesTheTargetThatFails) {
  std::ofstream(root_ / "file") << "x";
  EXPECT_THAT(MakeMountPoints(fd_.get(), {{"/file/x", false}}, "owner"),
              test::IsErrorWith(Code::kInternal, "\"/file/x\""));
}

TEST_F(ResolveTest, MakingLeavesWhatExists) {
  std::ofstream(root_ / "etc/hosts") << "kept";
  Link("hosts", "etc/alias");
  EXPECT_OK(MakeMountPoints(
      fd_.get(), {{"/etc", false}, {"/etc/hosts", true}, {"/etc/alias", false}}, "owner"));
  EXPECT_OK(RemoveMountPoints(fd_.get(), {"/etc", "/etc/hosts", "/etc/alias"}, "owner"));
  EXPECT_EQ(std::filesystem::file_size(root_ / "etc/hosts"), 4u);
  EXPECT_TRUE(std::filesystem::is_symlink(root_ / "etc/alias"));
}

TEST_F(ResolveTest, RemovingWhatIsNotThereSucceeds) {
  EXPECT_OK(RemoveMountPoints(fd_.get(), {"/a/b", "/c"}, "owner"));
}

}  // namespace
}  // namespace isulad::rootfs
