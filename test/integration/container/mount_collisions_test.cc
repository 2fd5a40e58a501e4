#include "daemon/modules/container/mount_collisions.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/result_matchers.h"
#include "support/temp_dir.h"
#include "utils/os/file.h"

namespace isulad::container {
namespace {

class MountCollisionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(os::MakeDirectories(dir_.Sub("channel/inner"), 0755));
    ASSERT_OK(os::MakeDirectories(dir_.Sub("data"), 0755));
    ASSERT_OK_AND_ASSIGN(rootfs_, os::Open(dir_.path(), O_PATH | O_DIRECTORY));
  }

  void Link(const char* target, const char* name) {
    ASSERT_EQ(::symlink(target, dir_.Sub(name).c_str()), 0);
  }

  Status Check(const std::string& target) {
    return CheckMountCollisions(rootfs_.get(), {"/channel"}, {target});
  }

  test::TempDir dir_;
  os::UniqueFd rootfs_;
};

TEST_F(MountCollisionsTest, AllowsWhatLiesBesideTheChannel) {
  EXPECT_OK(Check("/data"));
  EXPECT_OK(Check("/not/there"));
  Link("/data", "harmless");
  EXPECT_OK(Check("/harmless"));
}

TEST_F(MountCollisionsTest, RefusesALinkThatLeadsBeneathTheChannel) {
  Link("/channel", "absolute");
  EXPECT_THAT(Check("/absolute/inner"),
              test::IsErrorWith(Code::kFailedPrecondition, "leads into host channel"));
  Link("../channel/inner", "data/relative");
  EXPECT_FALSE(Check("/data/relative"));
}

TEST_F(MountCollisionsTest, ReadsLinksAsTheContainerDoes) {
  // Outside the container this one leads elsewhere.
  Link("/../../channel/inner", "escape");
  EXPECT_FALSE(Check("/escape"));
}

TEST_F(MountCollisionsTest, FollowsTheChannelsOwnLinks) {
  Link("data", "channel-link");
  EXPECT_FALSE(CheckMountCollisions(rootfs_.get(), {"/channel-link"}, {"/data"}));
}

TEST_F(MountCollisionsTest, RefusesATmpfsThatHidesAnEarlierMountByALink) {
  Link("/data", "link");
  ASSERT_OK(os::MakeDirectories(dir_.Sub("data/inner"), 0755));
  const auto check = [&](const std::vector<std::string>& in_order, const std::string& tmpfs) {
    return CheckHiddenMounts(rootfs_.get(), in_order, {tmpfs});
  };
  const auto hides =
      test::IsErrorWith(Code::kFailedPrecondition, "\"/link\" hides the mount at \"/data\"");
  EXPECT_THAT(check({"/data", "/link"}, "/link"), hides);
  EXPECT_FALSE(check({"/data/inner", "/link"}, "/link"));
  EXPECT_OK(check({"/link", "/data/inner"}, "/link"));  // mounted in it
  EXPECT_OK(check({"/channel", "/link"}, "/link"));
  EXPECT_OK(check({"/data"}, "/data/inner"));
  EXPECT_OK(check({"/data", "/not/there"}, "/not/there"));
}

}  // namespace
}  // namespace isulad::container
