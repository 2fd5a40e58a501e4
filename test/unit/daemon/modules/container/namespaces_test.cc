// Namespaces that are not a container's own: what create refuses, what a start opens.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "daemon/modules/container/joined_namespaces.h"
#include "daemon/modules/container/shared_memory.h"
#include "daemon/modules/container/validate_namespaces.h"
#include "sample.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"
#include "utils/os/system_info.h"

namespace isulad::container {
namespace {

using host_channel::MountEntry;
using host_channel::ProcessId;
using test::IsErrorWith;
using testing::Contains;
using testing::IsEmpty;
using testing::Key;
using testing::SizeIs;

class OnlyClones final : public LiveMounts {
 public:
  Status Attach(const ProcessId&, const MountEntry&, const MountPointPlace&) override {
    return Internal("not asked for");
  }
  Result<Detached> Detach(const ProcessId&, const std::string&) override {
    return Internal("not asked for");
  }
  Status RemoveMountPoint(const ProcessId&, const std::string&, const std::string&) override {
    return Internal("not asked for");
  }
  Result<bool> Has(const ProcessId&, const std::string&) override { return false; }
  Result<os::UniqueFd> Clone(const ProcessId& process, const std::string& directory) override {
    RETURN_IF_ERROR(failure);
    EXPECT_EQ(process.pid, ::getpid());
    EXPECT_EQ(directory, "dev/shm");
    return os::Open("/", O_PATH | O_DIRECTORY);
  }
  Status failure;
};

class NamespacesTest : public testing::Test {
 protected:
  NamespacesTest() {
    Modules modules;
    modules.live_mounts = &live_;
    context_ = std::make_unique<Context>(Settings(), std::move(modules));
  }

  // A container whose first process is the test's own.
  std::shared_ptr<Container> Add(Phase phase, uint64_t later = 0) {
    ContainerConfig config = MinimalConfig(IdOf('b'), "web");
    config.spec.mutable_process()->set_hostname("web-host");
    State state;
    state.phase = phase;
    state.pid = ::getpid();
    state.start_time = *os::StartTime(::getpid()) + later;
    auto container = std::make_shared<Container>(std::move(config), state);
    context_->registry.Add(container, *context_->registry.Reserve("web", IdOf('b')));
    return container;
  }

  static ContainerConfig With(NamespaceChoice NamespaceOptions::*kind, NamespaceMode mode) {
    ContainerConfig config = MinimalConfig(IdOf('a'), "a");
    config.namespaces.*kind = {mode, mode == NamespaceMode::kContainer ? IdOf('b') : ""};
    return config;
  }
  static ContainerConfig Joining(NamespaceChoice NamespaceOptions::*kind) {
    return With(kind, NamespaceMode::kContainer);
  }

  OnlyClones live_;
  std::unique_ptr<Context> context_;
};

TEST_F(NamespacesTest, AContainerIsKeptByItsIdHoweverItWasNamed) {
  Add(Phase::kExited);
  for (const std::string& reference : {std::string("web"), std::string("bbb"), IdOf('b')}) {
    spec::NamespaceConfig texts;
    texts.set_network("container:" + reference);
    texts.set_ipc("container:" + reference);
    texts.set_pid("container:" + reference);
    texts.set_uts("host");
    ASSERT_OK(ResolveNamespaces(*context_, texts));
    for (const std::string& text : {texts.network(), texts.ipc(), texts.pid()}) {
      EXPECT_EQ(text, "container:" + IdOf('b'));
    }
    EXPECT_EQ(texts.uts(), "host");
  }
  spec::NamespaceConfig none;
  ASSERT_OK(ResolveNamespaces(*context_, none));
  EXPECT_EQ(none.ByteSizeLong(), 0u);
}

TEST_F(NamespacesTest, AnUnknownContainerOrWordIsRefused) {
  spec::NamespaceConfig texts;
  texts.set_pid("container:nosuch");
  EXPECT_THAT(ResolveNamespaces(*context_, texts),
              IsErrorWith(Code::kNotFound, "--pid \"container:nosuch\": No such container"));
  texts.set_pid("own");
  EXPECT_THAT(ResolveNamespaces(*context_, texts),
              IsErrorWith(Code::kInvalidArgument, "--pid \"own\""));
}

TEST_F(NamespacesTest, WhoHasTheNetworkOfAnotherIsNotJoinedItself) {
  ContainerConfig side = MinimalConfig(IdOf('c'), "side");
  side.namespaces.network = side.namespaces.ipc = {NamespaceMode::kContainer, IdOf('b')};
  context_->registry.Add(std::make_shared<Container>(std::move(side)),
                         *context_->registry.Reserve("side", IdOf('c')));
  spec::NamespaceConfig texts;
  texts.set_network("container:side");
  EXPECT_THAT(ResolveNamespaces(*context_, texts),
              IsErrorWith(Code::kInvalidArgument, "use --net container:bbbbbbbbbbbb"));
  texts.clear_network();
  texts.set_ipc("container:side");
  texts.set_pid("container:side");
  EXPECT_OK(ResolveNamespaces(*context_, texts));
}

TEST_F(NamespacesTest, WhatDoesNotGoTogetherIsRefused) {
  const auto refuses = [](ContainerConfig config, const std::string& reason,
                          const std::string& hostname = "") {
    config.spec.mutable_process()->set_hostname(hostname);
    EXPECT_THAT(CheckNamespaces(config), IsErrorWith(Code::kInvalidArgument, reason));
  };
  refuses(With(&NamespaceOptions::uts, NamespaceMode::kHost), "--uts host", "name");
  refuses(With(&NamespaceOptions::network, NamespaceMode::kContainer),
          "--net container:bbbbbbbbbbbb", "name");
  for (const NamespaceMode mode : {NamespaceMode::kHost, NamespaceMode::kContainer}) {
    ContainerConfig config = With(&NamespaceOptions::network, mode);
    config.security.sysctls = {{"net.ipv4.ip_forward", "1"}};
    refuses(config, "--sysctl \"net.ipv4.ip_forward\" and --net ");
    config.security = {};
    config.security.writable_net_sysctls = true;
    refuses(config, "--ns-change-opt net and --net ");
    config = With(&NamespaceOptions::ipc, mode);
    config.security.sysctls = {{"kernel.sem", "1 2 3 4"}};
    refuses(config, "--sysctl \"kernel.sem\" and --ipc ");
    config.security.sysctls = {{"fs.mqueue.msg_max", "1"}};
    refuses(config, "--ipc ");
    config.security = {};
    config.security.writable_ipc_sysctls = true;
    refuses(config, "--ns-change-opt ipc and --ipc ");
    config = With(&NamespaceOptions::pid, mode);
    config.spec.mutable_host()->set_system_container(true);
    refuses(config, "an init must be process 1");
    for (const auto kind :
         {&NamespaceOptions::network, &NamespaceOptions::ipc, &NamespaceOptions::pid}) {
      config = With(kind, mode);
      config.user_remap = UserRemap{1, 1, 1};
      refuses(config, "--user-remap and --");
    }
  }
  ContainerConfig config = With(&NamespaceOptions::cgroup, NamespaceMode::kHost);
  config.spec.mutable_host()->set_system_container(true);
  refuses(config, "--system-container and --cgroupns host");
  config.spec.mutable_host()->set_system_container(false);
  config.user_remap = UserRemap{1, 1, 1};
  refuses(config, "--user-remap and --cgroupns host");
}

TEST_F(NamespacesTest, WhatGoesTogetherIsTaken) {
  ContainerConfig config = With(&NamespaceOptions::network, NamespaceMode::kHost);
  config.security.sysctls = {{"kernel.sem", "1 2 3 4"}};
  config.security.writable_ipc_sysctls = true;
  config.spec.mutable_host()->set_system_container(true);
  config.spec.mutable_process()->set_hostname("name");
  EXPECT_OK(CheckNamespaces(config));
  config = With(&NamespaceOptions::uts, NamespaceMode::kHost);
  config.user_remap = UserRemap{1, 1, 1};
  config.spec.mutable_host()->set_system_container(true);
  EXPECT_OK(CheckNamespaces(config));
}

TEST_F(NamespacesTest, TheHostnameIsThatOfWhoSharesIt) {
  Add(Phase::kExited);
  ContainerConfig config = MinimalConfig(IdOf('a'), "a");
  EXPECT_EQ(DefaultHostname(*context_, config), "aaaaaaaaaaaa");
  EXPECT_EQ(DefaultHostname(*context_, With(&NamespaceOptions::uts, NamespaceMode::kHost)),
            os::HostName());
  EXPECT_EQ(DefaultHostname(*context_, With(&NamespaceOptions::network, NamespaceMode::kContainer)),
            "web-host");
}

TEST_F(NamespacesTest, AStartOpensNothingOfItsOwnAndTheHosts) {
  ASSERT_OK_AND_ASSIGN(
      const JoinedNamespaces joined,
      OpenJoinedNamespaces(*context_, With(&NamespaceOptions::network, NamespaceMode::kHost)));
  EXPECT_THAT(joined.paths, IsEmpty());
  EXPECT_THAT(joined.held, IsEmpty());
}

TEST_F(NamespacesTest, AStartHoldsWhatItJoins) {
  Add(Phase::kPaused);
  ASSERT_OK_AND_ASSIGN(JoinedNamespaces joined,
                       OpenJoinedNamespaces(*context_, Joining(&NamespaceOptions::network)));
  ASSERT_THAT(joined.paths, Contains(Key("network")));
  EXPECT_TRUE(std::filesystem::equivalent(joined.paths["network"], "/proc/self/ns/net"));
  EXPECT_EQ(joined.shared_memory, "");
  ASSERT_OK_AND_ASSIGN(joined, OpenJoinedNamespaces(*context_, Joining(&NamespaceOptions::ipc)));
  EXPECT_THAT(joined.held, SizeIs(2));
  EXPECT_TRUE(std::filesystem::equivalent(joined.paths["ipc"], "/proc/self/ns/ipc"));
  EXPECT_TRUE(std::filesystem::equivalent(joined.shared_memory, "/"));
}

TEST_F(NamespacesTest, AStartTakesNoSharedMemoryWhereTheContainerBringsItsOwn) {
  Add(Phase::kRunning);
  live_.failure = NotFound("nothing there");
  ContainerConfig config = Joining(&NamespaceOptions::ipc);
  config.volumes = {{"/srv", "/dev/shm", false, "rprivate"}};
  ASSERT_OK_AND_ASSIGN(const JoinedNamespaces joined, OpenJoinedNamespaces(*context_, config));
  EXPECT_THAT(joined.held, SizeIs(1));
  EXPECT_EQ(joined.shared_memory, "");
}

TEST_F(NamespacesTest, NothingIsMountedBeneathTheSharedMemoryOfOthers) {
  const ContainerConfig own = MinimalConfig(IdOf('a'), "a");
  const auto check = [](ContainerConfig config, const std::string& target) {
    EXPECT_OK(CheckSharedMemory(config));
    ContainerConfig with = config;
    with.volumes = {{"/srv", target, false, "rprivate"}};
    const Status volume = CheckSharedMemory(with);
    with = config;
    with.files.tmpfs.resize(1);
    with.files.tmpfs[0].target = target;
    EXPECT_EQ(CheckSharedMemory(with).has_value(), volume.has_value());
    with = config;
    with.channels.resize(1);
    with.channels[0].container_path = target;
    EXPECT_EQ(CheckSharedMemory(with).has_value(), volume.has_value());
    return volume;
  };
  EXPECT_OK(check(own, "/dev/shm/x"));
  for (const NamespaceMode mode : {NamespaceMode::kHost, NamespaceMode::kContainer}) {
    const ContainerConfig shared = With(&NamespaceOptions::ipc, mode);
    EXPECT_THAT(check(shared, "/dev/shm/x/y"),
                IsErrorWith(Code::kInvalidArgument, "target \"/dev/shm/x/y\" and --ipc "));
    EXPECT_OK(check(shared, "/dev/shm"));
    EXPECT_OK(check(shared, "/dev/shmx"));
    ContainerConfig brings = shared;
    brings.volumes = {{"/srv", "/dev/shm", false, "rprivate"},
                      {"/srv", "/dev/shm/x", false, "rprivate"}};
    EXPECT_OK(CheckSharedMemory(brings));
  }
}

TEST_F(NamespacesTest, TheSizeOfSharedMemoryIsThatOfItsOwnTmpfs) {
  ContainerConfig config = MinimalConfig(IdOf('a'), "a");
  EXPECT_EQ(SharedMemorySize(config), 64u << 20);
  config.files.shm_size = 1u << 20;
  EXPECT_EQ(SharedMemorySize(config), 1u << 20);
  config.files.shm_size = 0;
  config.volumes = {{"/srv", "/dev/shm", false, "rprivate"}};
  EXPECT_EQ(SharedMemorySize(config), 0u);
  EXPECT_EQ(SharedMemorySize(With(&NamespaceOptions::ipc, NamespaceMode::kHost)), 0u);
  EXPECT_EQ(SharedMemorySize(Joining(&NamespaceOptions::ipc)), 0u);
}

TEST_F(NamespacesTest, AStartSaysWhatIsTheMatterWithTheOther) {
  const ContainerConfig config = Joining(&NamespaceOptions::ipc);
  EXPECT_THAT(OpenJoinedNamespaces(*context_, config),
              IsErrorWith(Code::kFailedPrecondition,
                          "the ipc namespace of container \"bbbbbbbbbbbb\" cannot be shared: it "
                          "has been removed"));
  const auto container = Add(Phase::kExited);
  EXPECT_THAT(OpenJoinedNamespaces(*context_, config),
              IsErrorWith(Code::kFailedPrecondition,
                          "of container \"web\" cannot be shared: it is not running"));
}

TEST_F(NamespacesTest, AProcessThatHasTheNumberOfAnotherIsNotJoined) {
  Add(Phase::kRunning, /*later=*/1);
  EXPECT_THAT(OpenJoinedNamespaces(*context_, Joining(&NamespaceOptions::pid)),
              IsErrorWith(Code::kFailedPrecondition, "it has just ended"));
}

TEST_F(NamespacesTest, SharedMemoryThatCannotBeHadIsNamed) {
  Add(Phase::kRunning);
  live_.failure = NotFound("nothing there");
  EXPECT_THAT(OpenJoinedNamespaces(*context_, Joining(&NamespaceOptions::ipc)),
              IsErrorWith(Code::kFailedPrecondition, "/dev/shm: nothing there"));
}

}  // namespace
}  // namespace isulad::container
