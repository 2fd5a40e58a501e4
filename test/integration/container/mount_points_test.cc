// Mount points in a rootfs that containers share: nobody takes away what another one needs.
#include "daemon/modules/container/mount_points.h"

#include <gtest/gtest.h>

#include <barrier>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

class MountPointsTest : public testing::Test {
 protected:
  MountPointsTest() { std::filesystem::create_directory(rootfs_); }

  // A container with the channel /c, which everybody can find.
  std::shared_ptr<Container> Add(const std::string& name) {
    ContainerConfig config;
    config.id = name;
    config.name = name;
    config.spec.mutable_host()->set_external_rootfs(rootfs_);
    config.channels = {{"/" + name, "/c", host_channel::Access::kReadWrite, 4096, {}}};
    config.mount_points = *MountPointsFor(config);
    auto container = std::make_shared<Container>(std::move(config));
    context_.registry.Add(container, *context_.registry.Reserve(name, name));
    return container;
  }
  // As a start does.
  Status Make(Container& container) {
    ASSIGN_OR_RETURN(const os::UniqueFd rootfs, OpenRootfs(container.config()));
    ASSIGN_OR_RETURN(const std::vector<spec::MountPoint> points,
                     spec::MountPointsOf(MountsOf(container.CurrentConfig())));
    return MakeMountPoints(context_, container, rootfs.get(), points);
  }
  // As a removal does.
  Status Remove(Container& container) {
    RETURN_IF_ERROR(container.Apply(Event::kRemove));
    return RemoveMountPoints(context_, container);
  }
  bool HasMountPoint() const { return std::filesystem::exists(rootfs_ + "/c"); }

  test::TempDir directory_;
  const std::string rootfs_ = directory_.Sub("rootfs");
  Context context_{Settings(), Modules()};
};

TEST_F(MountPointsTest, StayForAnotherContainerAndGoWithTheLast) {
  const auto web = Add("web");
  const auto db = Add("db");
  ASSERT_OK(Make(*web));
  EXPECT_OK(Remove(*web));
  EXPECT_TRUE(HasMountPoint());
  EXPECT_OK(Remove(*db));
  EXPECT_TRUE(std::filesystem::is_empty(rootfs_));
}

TEST_F(MountPointsTest, GoWithTwoThatAreRemovedAtOnce) {
  const auto web = Add("web");
  const auto db = Add("db");
  ASSERT_OK(Make(*web));
  ASSERT_OK(web->Apply(Event::kRemove));
  ASSERT_OK(db->Apply(Event::kRemove));
  EXPECT_OK(RemoveMountPoints(context_, *db));
  EXPECT_FALSE(HasMountPoint());
}

// One is removed while another is created and started. With the look and the removal not under one
// lock this fails in the first rounds.
TEST_F(MountPointsTest, AreThereForAStartThatMeetsARemoval) {
  for (int round = 0; round < 200; ++round) {
    const auto web = Add("web");
    ASSERT_OK(Make(*web));
    std::barrier together(2);
    std::thread removal([&] {
      together.arrive_and_wait();
      EXPECT_OK(Remove(*web));
    });
    together.arrive_and_wait();
    const auto db = Add("db");
    EXPECT_OK(Make(*db));
    removal.join();
    ASSERT_TRUE(HasMountPoint()) << "round " << round;
    context_.registry.Erase(*web);
    ASSERT_OK(Remove(*db));
    context_.registry.Erase(*db);
    ASSERT_FALSE(HasMountPoint());
  }
}

}  // namespace
}  // namespace isulad::container
