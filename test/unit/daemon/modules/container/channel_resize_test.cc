// channel resize over an in-memory host and a cgroup of plain files: a failure on the way leaves
// record, configuration, file system and memory limit as they were.
#include "daemon/modules/container/channel_resize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/channel_users.h"
#include "daemon/modules/store/store.h"
#include "sample.h"
#include "support/host_channel/failing_mount_ops.h"
#include "support/host_channel/fake_mount_ops.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

using test::IsErrorWith;

constexpr uint64_t kMebibyte = 1u << 20;

class ChannelResizeTest : public testing::Test {
 protected:
  ChannelResizeTest() {
    Write("cgroup.controllers", "memory\n");
    store_ = *store::OpenStore(directory_.Sub("graph"), directory_.Sub("spare"));
    cgroups_ = *cgroup::OpenHierarchy(directory_.Sub("cgroup"));
    host_.AddDirectory("/srv");
    StartChannels();
  }

  void StartChannels() {
    host_channel::ManagerConfig config;
    config.record_directory = directory_.Sub("channels");
    config.view_directory = directory_.Sub("views");
    config.physical_memory = 256 * kMebibyte;
    channels_ = *host_channel::CreateManager(config, &ops_);
    Settings settings;
    settings.cgroup_parent = "/parent";
    Modules modules;
    modules.store = store_.get();
    modules.cgroups = cgroups_.get();
    modules.channels = channels_.get();
    context_ = std::make_unique<Context>(std::move(settings), std::move(modules));
  }

  // A running container, with a channel of 4 MiB and as much added to its limit of 16 MiB.
  std::shared_ptr<Container> Make(bool add_memory = true, bool share = false, char digit = 'a') {
    ContainerConfig config =
        MinimalConfig(IdOf(digit), digit == 'a' ? "web" : std::string(1, digit));
    config.spec.mutable_host()->mutable_limits()->set_memory(16 * kMebibyte);
    config.spec.mutable_host()->set_host_channel_add_memory(add_memory);
    config.channels = {{"/srv/c", "/c", host_channel::Access::kReadWrite, 4 * kMebibyte, {}}};
    config.channels.front().options.share = share;
    const host_channel::Owner owner{config.id, config.name};
    auto preparation = *channels_->Prepare(owner, config.channels, {});
    preparation->Commit();
    config.channel_names = {{preparation->channels().front().id, "/srv/c"}};
    auto mounts = *channels_->Mount(config.id);
    mounts->Commit();
    EXPECT_OK(store_->Create(config.id, *ToJson(config), {}, os::Sync::kNone));
    State state;
    state.phase = Phase::kRunning;
    auto container = std::make_shared<Container>(config, state);
    auto reservation = context_->registry.Reserve(config.name, config.id);
    context_->registry.Add(container, *std::move(reservation));
    const std::string cgroup = "parent/" + container->id();
    Write(cgroup + "/memory.max", std::to_string(20 * kMebibyte));
    Write(cgroup + "/memory.current", std::to_string(10 * kMebibyte));
    Write(cgroup + "/memory.high", "max");
    return container;
  }

  Result<ChannelChange> Resize(const std::shared_ptr<Container>& container, ResizeRequest request) {
    return Await(ResizeChannel(*context_, container, std::move(request)));
  }

  void ExpectAll(const Container& container, uint64_t size, uint64_t limit) {
    EXPECT_EQ(container.channels().at(0).size, size);
    const host_channel::ChannelState state = channels_->List().at(0);
    EXPECT_EQ(state.channel.size, size);
    EXPECT_EQ(state.used + state.free, size);
    EXPECT_EQ(channels_->ReservedBytes(), size);
    EXPECT_EQ(Read(directory_.Sub("cgroup/parent/" + container.id() + "/memory.max")),
              std::to_string(limit));
  }

  void Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = directory_.Sub("cgroup/" + name);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  static std::string Read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const std::string cgroup_ = "parent/" + IdOf('a');
  test::TempDir directory_;
  host_channel::test::FakeMountOps host_;
  host_channel::test::FailingMountOps ops_{&host_};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::unique_ptr<host_channel::Manager> channels_;
  std::unique_ptr<Context> context_;
};

TEST_F(ChannelResizeTest, TheMemoryLimitFollows) {
  const auto container = Make();
  ASSERT_OK(Resize(container, {"/srv/c", "8M"}));
  ExpectAll(*container, 8 * kMebibyte, 24 * kMebibyte);
  ASSERT_OK(Resize(container, {"/srv/c", "2M"}));
  ExpectAll(*container, 2 * kMebibyte, 18 * kMebibyte);
}

TEST_F(ChannelResizeTest, TheMemoryLimitStaysWhereNothingWasAdded) {
  const auto container = Make(false);
  const Result<ChannelChange> change = Resize(container, {"/srv/c", "8M"});
  ASSERT_OK(change);
  EXPECT_TRUE(change->warnings.empty());
  ExpectAll(*container, 8 * kMebibyte, 20 * kMebibyte);
  EXPECT_THAT(Resize(container, {"/srv/c", "16M"})->warnings,
              testing::ElementsAre(testing::HasSubstr("not smaller than the memory limit")));
}

TEST_F(ChannelResizeTest, ShrinksNothingWhereTheContainerNeedsTheMemory) {
  const auto container = Make();
  Write(cgroup_ + "/memory.current", std::to_string(19 * kMebibyte));
  EXPECT_THAT(Resize(container, {"/srv/c", "1M"}), IsErrorWith(Code::kResourceExhausted, "19M"));
  ExpectAll(*container, 4 * kMebibyte, 20 * kMebibyte);
}

TEST_F(ChannelResizeTest, EveryStepThatFailsLeavesAllAsItWas) {
  const auto container = Make();
  for (const char* size : {"8M", "2M"}) {
    for (int step = 0;; ++step) {
      ops_.FailStep(step);
      const bool resized = Resize(container, {"/srv/c", size}).has_value();
      ops_.FailNothing();
      if (resized) {
        ASSERT_GT(step, 2);
        break;
      }
      ExpectAll(*container, 4 * kMebibyte, 20 * kMebibyte);
    }
    ASSERT_OK(Resize(container, {"/srv/c", "4M"}));
  }
}

TEST_F(ChannelResizeTest, TheLimitsOfAllWhoShareItFollow) {
  const auto first = Make(true, true, 'a');
  const auto second = Make(false, true, 'b');
  const auto third = Make(true, true, 'c');
  ASSERT_OK(Resize(second, {"/srv/c", "8M"}));
  ExpectAll(*first, 8 * kMebibyte, 24 * kMebibyte);
  ExpectAll(*second, 8 * kMebibyte, 20 * kMebibyte);
  ExpectAll(*third, 8 * kMebibyte, 24 * kMebibyte);
  // One of the containers needs the memory: no limit is changed.
  Write("parent/" + third->id() + "/memory.current", std::to_string(23 * kMebibyte));
  EXPECT_THAT(Resize(first, {"/srv/c", "1M"}), IsErrorWith(Code::kResourceExhausted, "\"c\""));
  ExpectAll(*first, 8 * kMebibyte, 24 * kMebibyte);
  ExpectAll(*third, 8 * kMebibyte, 24 * kMebibyte);
}

TEST_F(ChannelResizeTest, ADaemonThatStartsReadsTheSizeFromTheRecord) {
  const auto container = Make();
  {
    auto resizing = *channels_->Resize(container->id(), "/srv/c", 8 * kMebibyte);
    ASSERT_OK(resizing->Apply());
    ASSERT_OK(resizing->Commit());
  }
  LoadChannels(*context_, *container);
  ExpectAll(*container, 8 * kMebibyte, 20 * kMebibyte);
}

}  // namespace
}  // namespace isulad::container
