// channel add and channel rm over an in-memory host, a cgroup of plain files, and a container whose
// mounts are a set: a failure on the way leaves everything as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "daemon/modules/cgroup/cgroup.h"
#include "daemon/modules/container/channel_add.h"
#include "daemon/modules/container/channel_attach.h"
#include "daemon/modules/container/channel_remove.h"
#include "daemon/modules/container/mount_points.h"
#include "daemon/modules/store/store.h"
#include "sample.h"
#include "support/host_channel/failing_mount_ops.h"
#include "support/host_channel/fake_mount_ops.h"
#include "support/result_matchers.h"
#include "support/temp_dir.h"

namespace isulad::container {
namespace {

using host_channel::MountEntry;
using host_channel::ProcessId;
using test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kMiB = 1u << 20;

// Identifies a mount by the name of its view, which begins with the channel's id.
class FakeLiveMounts final : public LiveMounts {
 public:
  Status Attach(const ProcessId&, const MountEntry& entry, const MountPointPlace& place) override {
    RETURN_IF_ERROR(failure);
    in_rootfs = place.rootfs >= 0;
    const std::string name = std::filesystem::path(entry.source).filename();
    attached.insert(name.substr(0, name.find('.')));
    return OkStatus();
  }
  Result<Detached> Detach(const ProcessId&, const std::string& channel_id) override {
    RETURN_IF_ERROR(failure);
    attached.erase(channel_id);
    RETURN_IF_ERROR(detach_failure);
    return detached;
  }
  Status RemoveMountPoint(const ProcessId&, const std::string& path, const std::string&) override {
    removed_point = path;
    return OkStatus();
  }
  Result<bool> Has(const ProcessId&, const std::string& channel_id) override {
    return attached.count(channel_id) != 0;
  }
  Result<os::UniqueFd> Clone(const ProcessId&, const std::string&) override {
    return Internal("not asked for");
  }

  Status failure;
  Status detach_failure;
  Detached detached;
  std::set<std::string> attached;
  bool in_rootfs = false;
  std::string removed_point;
};

class ChannelAddRemoveTest : public testing::Test {
 protected:
  ChannelAddRemoveTest() {
    Write("cgroup.controllers", "memory\n");
    std::filesystem::create_directory(rootfs_);
    store_ = *store::OpenStore(directory_.Sub("graph"), directory_.Sub("spare"));
    cgroups_ = *cgroup::OpenHierarchy(directory_.Sub("cgroup"));
    host_.AddDirectory("/srv");
    host_.AddDirectory("/else");
    host_channel::ManagerConfig config;
    config.record_directory = directory_.Sub("channels");
    config.view_directory = directory_.Sub("views");
    config.physical_memory = 256 * kMiB;
    channels_ = *host_channel::CreateManager(config, &ops_);
    Settings settings;
    settings.cgroup_parent = "/parent";
    Modules modules;
    modules.store = store_.get();
    modules.cgroups = cgroups_.get();
    modules.channels = channels_.get();
    modules.live_mounts = &live_;
    context_ = std::make_unique<Context>(std::move(settings), std::move(modules));
  }

  // A container without channels, and with a limit of 16 MiB.
  std::shared_ptr<Container> Make(Phase phase, bool add_memory = false, bool system = false,
                                  char digit = 'a', const NamespaceChoice& ipc = {}) {
    ContainerConfig config =
        MinimalConfig(IdOf(digit), digit == 'a' ? "web" : std::string(1, digit));
    config.spec.mutable_host()->set_external_rootfs(rootfs_);
    config.spec.mutable_host()->mutable_limits()->set_memory(16 * kMiB);
    config.spec.mutable_host()->set_host_channel_add_memory(add_memory);
    config.spec.mutable_host()->set_system_container(system);
    config.namespaces.ipc = ipc;
    config.volumes = {{"/srv", "/volume", false, "rprivate"}};
    config.mount_points = *MountPointsFor(config);
    EXPECT_OK(store_->Create(config.id, *ToJson(config), {}, os::Sync::kNone));
    State state;
    state.phase = phase;
    auto container = std::make_shared<Container>(config, state);
    auto reservation = context_->registry.Reserve(config.name, config.id);
    context_->registry.Add(container, *std::move(reservation));
    Write("parent/" + container->id() + "/memory.max", std::to_string(16 * kMiB));
    Write("parent/" + container->id() + "/memory.current", std::to_string(4 * kMiB));
    Write("parent/" + container->id() + "/memory.high", "max");
    return container;
  }

  Status Add(const std::shared_ptr<Container>& container, const std::string& spec) {
    RETURN_IF_ERROR(AddChannel(*context_, container, spec));
    return OkStatus();
  }
  Status Remove(const std::shared_ptr<Container>& container, const std::string& path) {
    RETURN_IF_ERROR(RemoveChannel(*context_, container, path));
    return OkStatus();
  }

  // A snapshot of the host, the records, the memory limit, the configuration in memory and on disk,
  // and the container's mounts.
  std::string Look(const Container& container) {
    std::string text = host_.Dump() + Config(container) + Limit(container) + "\n";
    for (const host_channel::ChannelState& state : channels_->List()) {
      text += state.id + " " + state.channel.host_path + "\n";
    }
    for (const host_channel::HostChannel& channel : container.channels()) {
      text += host_channel::Format(channel) + "\n";
    }
    for (const std::string& id : live_.attached) {
      text += "attached " + id + "\n";
    }
    return text;
  }
  std::string Config(const Container& container) const {
    return Read(store_->DirectoryOf(container.id()) + "/config.json");
  }
  std::string Limit(const Container& container) const {
    return Read(directory_.Sub("cgroup/parent/" + container.id() + "/memory.max"));
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

  test::TempDir directory_;
  const std::string rootfs_ = directory_.Sub("rootfs");
  host_channel::test::FakeMountOps host_;
  host_channel::test::FailingMountOps ops_{&host_};
  FakeLiveMounts live_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<cgroup::Hierarchy> cgroups_;
  std::unique_ptr<host_channel::Manager> channels_;
  std::unique_ptr<Context> context_;
};

TEST_F(ChannelAddRemoveTest, ComesToAContainerThatRunsAndGoes) {
  for (const Phase phase : {Phase::kRunning, Phase::kPaused}) {
    const auto container = Make(phase, false, false, phase == Phase::kRunning ? 'a' : 'b');
    const std::string before = Look(*container);
    const Result<ChannelChange> added = AddChannel(*context_, container, "/srv/c:/c:ro:4M");
    ASSERT_OK(added);
    EXPECT_THAT(live_.attached, ElementsAre(added->id));
    EXPECT_TRUE(live_.in_rootfs);
    EXPECT_TRUE(host_.IsMounted("/srv/c"));
    EXPECT_THAT(Config(*container), HasSubstr(added->id));
    const Result<ChannelChange> removed = RemoveChannel(*context_, container, "/srv//c");
    ASSERT_OK(removed);
    EXPECT_EQ(removed->id, added->id);
    EXPECT_EQ(Look(*container), before);
  }
}

TEST_F(ChannelAddRemoveTest, IsRecordedForAContainerThatDoesNotRun) {
  for (const Phase phase : {Phase::kCreated, Phase::kExited, Phase::kRestarting}) {
    const auto container =
        Make(phase, true, false, static_cast<char>('a' + static_cast<int>(phase)));
    const std::string before = Look(*container);
    ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
    EXPECT_THAT(live_.attached, IsEmpty());
    EXPECT_FALSE(host_.Exists("/srv/c"));
    EXPECT_THAT(Config(*container), HasSubstr("\"HostPath\": \"/srv/c\""));
    EXPECT_EQ(Limit(*container), std::to_string(16 * kMiB));
    ASSERT_OK(Remove(container, "/srv/c"));
    EXPECT_EQ(Look(*container), before);
  }
}

TEST_F(ChannelAddRemoveTest, RefusesWhatCreateRefusesAndWhileItIsStartedOrRemoved) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  const std::string before = Look(*container);
  const std::pair<const char*, const char*> cases[] = {
      {"/srv/c", "has no container path"},     {"/srv/d:/volume", "another mount"},
      {"/srv/d:/etc", "must not contain"},     {"/srv/d:/c/x", "must not overlap"},
      {"/srv/c/x:/d", "must not overlap"},     {"/srv/c:/d", "two channels"},
      {"/else:/d", "exists already"},          {"/srv/d:/d:rw:1T", "too large"},
      {"/srv/d:/d:rw:126M", "sum of all"},     {"/proc/x:/d", "must not lie in"},
      {"/srv/d:/d:rw:1M:nosuch", "not known"},
  };
  for (const auto& [spec, reason] : cases) {
    const Status added = Add(container, spec);
    ASSERT_FALSE(added) << spec;
    EXPECT_THAT(added.error().message(), HasSubstr(reason)) << spec;
  }
  EXPECT_EQ(Look(*container), before);
  for (const Phase phase : {Phase::kStarting, Phase::kRemoving}) {
    container->Update([phase](State& state) { state.phase = phase; });
    EXPECT_THAT(Add(container, "/srv/d:/d"), IsErrorWith(Code::kFailedPrecondition, "is being"));
    EXPECT_THAT(Remove(container, "/srv/c"), IsErrorWith(Code::kFailedPrecondition, "is being"));
  }
}

TEST_F(ChannelAddRemoveTest, WarnsOfASmallMemoryLimitForTheNewOneAlone) {
  const auto container = Make(Phase::kRunning);
  EXPECT_THAT(AddChannel(*context_, container, "/srv/a:/a:rw:16M")->warnings,
              ElementsAre(HasSubstr("\"/srv/a\" is not smaller than the memory limit")));
  EXPECT_THAT(AddChannel(*context_, container, "/srv/b:/b:rw:8M")->warnings, IsEmpty());
}

TEST_F(ChannelAddRemoveTest, TheMemoryLimitFollows) {
  const auto container = Make(Phase::kRunning, true);
  ASSERT_OK(Add(container, "/srv/a:/a:rw:8M"));
  ASSERT_OK(Add(container, "/srv/b:/b:ro:8M"));
  EXPECT_EQ(Limit(*container), std::to_string(24 * kMiB));
  ASSERT_OK(Remove(container, "/srv/a"));
  EXPECT_EQ(Limit(*container), std::to_string(16 * kMiB));
}

TEST_F(ChannelAddRemoveTest, TheMemoryLimitStaysWhereTheContainerNeedsIt) {
  const auto container = Make(Phase::kRunning, true);
  ASSERT_OK(Add(container, "/srv/a:/a:rw:8M"));
  Write("parent/" + container->id() + "/memory.current", std::to_string(20 * kMiB));
  const Result<ChannelChange> removed = RemoveChannel(*context_, container, "/srv/a");
  ASSERT_OK(removed);
  EXPECT_THAT(removed->warnings, ElementsAre(HasSubstr("the memory limit stays as it is")));
  EXPECT_FALSE(host_.Exists("/srv/a"));
}

TEST_F(ChannelAddRemoveTest, AnAdditionThatFailsAnywhereLeavesAllAsItWas) {
  const auto container = Make(Phase::kRunning, true);
  const std::string before = Look(*container);
  live_.failure = FailedPrecondition("is a symbolic link");
  EXPECT_THAT(Add(container, "/srv/p/c:/c:rw:4M"),
              IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
  EXPECT_EQ(Look(*container), before);
  live_.failure = Unavailable("process 1 has ended");
  EXPECT_THAT(Add(container, "/srv/p/c:/c:rw:4M"),
              IsErrorWith(Code::kFailedPrecondition, "has just ended"));
  EXPECT_EQ(Look(*container), before);
  live_.failure = OkStatus();
  for (int step = 0;; ++step) {
    ops_.FailStep(step);
    const bool added = Add(container, "/srv/p/c:/c:rw:4M").has_value();
    ops_.FailNothing();
    if (added) {
      ASSERT_GT(step, 3);
      break;
    }
    EXPECT_EQ(Look(*container), before) << step;
  }
}

TEST_F(ChannelAddRemoveTest, NoneComesBeneathTheSharedMemoryOfOthers) {
  const auto container = Make(Phase::kRunning, false, false, 'a', {NamespaceMode::kHost});
  const std::string before = Look(*container);
  EXPECT_THAT(Add(container, "/srv/c:/dev/shm/c:rw:4M"),
              IsErrorWith(Code::kInvalidArgument, "and --ipc host exclude one another"));
  EXPECT_EQ(Look(*container), before);
  EXPECT_OK(Add(container, "/srv/c:/c:rw:4M"));
}

TEST_F(ChannelAddRemoveTest, ARemovalThatIsRefusedLeavesAllAsItWas) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  const std::string before = Look(*container);
  EXPECT_THAT(Remove(container, "/srv/d"), IsErrorWith(Code::kNotFound, "\"web\""));
  live_.failure = FailedPrecondition("another mount");
  EXPECT_FALSE(Remove(container, "/srv/c"));
  live_.failure = OkStatus();
  EXPECT_EQ(Look(*container), before);
  host_.MountForeign("/srv/c");
  EXPECT_THAT(Remove(container, "/srv/c"), IsErrorWith(Code::kFailedPrecondition, "another mount"));
  host_.UnmountForeign("/srv/c");
  EXPECT_EQ(Look(*container), before);
}

TEST_F(ChannelAddRemoveTest, ARemovalWhoseConfigurationCannotBeWrittenIsUndone) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  const std::string before = Look(*container);
  const std::string directory = store_->DirectoryOf(container->id());
  std::filesystem::rename(directory, directory + ".away");
  EXPECT_FALSE(Remove(container, "/srv/c"));
  std::filesystem::rename(directory + ".away", directory);
  EXPECT_EQ(Look(*container), before);
}

TEST_F(ChannelAddRemoveTest, AnAdditionWhoseConfigurationCannotBeWrittenIsUndoneOrStays) {
  const auto container = Make(Phase::kRunning);
  const std::string directory = store_->DirectoryOf(container->id());
  std::filesystem::rename(directory, directory + ".away");
  EXPECT_FALSE(Add(container, "/srv/c:/c:rw:4M"));
  std::filesystem::rename(directory + ".away", directory);
  // Neither write succeeded: memory, the record and what is assumed to be on disk agree.
  EXPECT_EQ(container->channels().size(), channels_->List().size());
  EXPECT_FALSE(host_.Exists("/srv/c"));
  EXPECT_THAT(live_.attached, IsEmpty());
}

TEST_F(ChannelAddRemoveTest, ARemovalThatFailsAfterItWasDecidedCanBeRepeated) {
  const auto container = Make(Phase::kRunning);
  const std::string before = Look(*container);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  ops_.set_strike([](int, const char* name) -> Status {
    return std::string(name) == "Unmount" ? Status(Internal("injected")) : OkStatus();
  });
  EXPECT_THAT(Remove(container, "/srv/c"), IsErrorWith(Code::kInternal, "has let go of it"));
  ops_.FailNothing();
  EXPECT_THAT(container->channels(), IsEmpty());
  ASSERT_OK(Remove(container, "/srv/c"));
  EXPECT_EQ(Look(*container), before);
}

TEST_F(ChannelAddRemoveTest, SaysWhoHeldItInTheContainer) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  live_.detached = {{"/c"}, true, {"dd (pid 12)"}};
  EXPECT_THAT(RemoveChannel(*context_, container, "/srv/c")->warnings,
              ElementsAre("/c in container \"web\" was busy and has been detached; in use by "
                          "dd (pid 12)"));
}

TEST_F(ChannelAddRemoveTest, MountPointsOutsideOfTheRootfsAreTheContainers) {
  const auto container = Make(Phase::kRunning, false, true);
  ASSERT_OK(Add(container, "/srv/c:/tmp/c:rw:4M"));
  EXPECT_FALSE(live_.in_rootfs);
  ASSERT_OK(Remove(container, "/srv/c"));
  EXPECT_EQ(live_.removed_point, "/tmp/c");
  live_.removed_point.clear();
  ASSERT_OK(Add(container, "/srv/c:/volume/c:rw:4M"));
  EXPECT_FALSE(live_.in_rootfs);
  ASSERT_OK(Remove(container, "/srv/c"));
  EXPECT_EQ(live_.removed_point, "") << "what lies in a volume is the user's";
}

TEST_F(ChannelAddRemoveTest, JoinsAndLeavesASharedOne) {
  const auto web = Make(Phase::kRunning, true);
  const auto other = Make(Phase::kRunning, true, false, 'b');
  ASSERT_OK(Add(web, "/srv/s:/s:rw:4M:share"));
  EXPECT_THAT(Add(other, "/srv/s:/t:rw:8M:share"), IsErrorWith(Code::kAlreadyExists, "\"web\""));
  ASSERT_OK(Add(other, "/srv/s:/t:rw:4M:share"));
  EXPECT_EQ(channels_->List().at(0).owners.size(), 2u);
  ASSERT_OK(Remove(web, "/srv/s"));
  EXPECT_TRUE(host_.IsMounted("/srv/s"));
  EXPECT_EQ(Limit(*web), std::to_string(16 * kMiB));
  EXPECT_EQ(Limit(*other), std::to_string(20 * kMiB));
  ASSERT_OK(Remove(other, "/srv/s"));
  EXPECT_FALSE(host_.Exists("/srv/s"));
}

TEST_F(ChannelAddRemoveTest, WhatAFailedRemovalHasDetachedIsAttachedAgain) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  const std::string before = Look(*container);
  live_.detach_failure = Internal("injected after the unmount");
  EXPECT_FALSE(Remove(container, "/srv/c"));
  EXPECT_EQ(Look(*container), before);
}

TEST_F(ChannelAddRemoveTest, ADaemonThatBeginsAttachesWhatIsMissing) {
  const auto container = Make(Phase::kRunning);
  ASSERT_OK(Add(container, "/srv/c:/c:rw:4M"));
  const std::string before = Look(*container);
  AttachMissing(*context_, *container);
  EXPECT_EQ(Look(*container), before);
  live_.attached.clear();
  AttachMissing(*context_, *container);
  EXPECT_EQ(Look(*container), before);
}

}  // namespace
}  // namespace isulad::container
