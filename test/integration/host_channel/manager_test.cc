// The manager on real mounts.
#include "daemon/modules/spec/host_channel/manager.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "linux_host.h"
#include "support/host_channel/failing_mount_ops.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using isulad::test::RunInMountNamespace;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr uint64_t kSize = 1u << 20;

class Machine {
 public:
  Machine() { Start(); }

  std::string Path(const std::string& name) const { return host.root() + "/" + name; }
  HostChannel Channel(const std::string& name, Access access = Access::kReadWrite) const {
    return {Path(name), "/" + name, access, kSize, false};
  }
  // A new instance on the records of the one before.
  void Start() {
    manager.reset();
    ManagerConfig config;
    config.record_directory = host.views() + "-records";
    config.view_directory = host.views();
    config.physical_memory = 1024 * kSize;
    manager = *CreateManager(config, &ops);
  }
  std::vector<std::string> Restart(const std::vector<Owner>& owners) {
    Start();
    return manager->Recover(owners);
  }
  Status Create(const std::vector<HostChannel>& channels) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Preparation> preparation,
                     manager->Prepare(owner, channels, {}));
    preparation->Commit();
    return OkStatus();
  }
  Status Mount() {
    ASSIGN_OR_RETURN(const std::unique_ptr<Manager::Mounts> mounts, manager->Mount(owner.id));
    mounts->Commit();
    return OkStatus();
  }
  Result<std::vector<std::string>> Remove(bool force = false) {
    ASSIGN_OR_RETURN(const Manager::Removal removal, manager->Remove(owner.id, force));
    return removal.notices;
  }

  LinuxHost host;
  FailingMountOps ops{&host.ops()};
  std::unique_ptr<Manager> manager;
  const Owner owner{"web-id", "web"};
};

void Write(const std::string& path, const std::string& text) {
  const os::UniqueFd fd = *os::Open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  EXPECT_OK(os::WriteAll(fd.get(), text));
}

TEST(ManagerOnLinux, LivesAFullLifeAndLeavesNothing) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string before = machine.host.Dump();
    ASSERT_OK(
        machine.Create({machine.Channel("p/q/one"), machine.Channel("two", Access::kReadOnly)}));
    auto mounts = machine.manager->Mount(machine.owner.id);
    ASSERT_OK(mounts);
    ASSERT_THAT((*mounts)->entries(), SizeIs(2));
    Write((*mounts)->entries()[0].source + "/file", "hello");
    EXPECT_EQ(*os::ReadFile(machine.Path("p/q/one/file")), "hello");
    EXPECT_FALSE(os::Open((*mounts)->entries()[1].source + "/file", O_WRONLY | O_CREAT, 0644));
    (*mounts)->Commit();
    mounts->reset();
    EXPECT_THAT(*os::ListDirectory(machine.host.views()), IsEmpty());
    EXPECT_EQ(*os::ReadFile(machine.Path("p/q/one/file")), "hello");
    EXPECT_THAT(*machine.Remove(), IsEmpty());
    EXPECT_EQ(machine.host.Dump(), before);
  });
}

TEST(ManagerOnLinux, ContentsSurviveARestartOfTheEngine) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Create({machine.Channel("c")}));
    ASSERT_OK(machine.Mount());
    Write(machine.Path("c/file"), "kept");
    EXPECT_THAT(machine.Restart({machine.owner}), IsEmpty());
    ASSERT_OK(machine.Mount());
    EXPECT_EQ(*os::ReadFile(machine.Path("c/file")), "kept");
    EXPECT_TRUE(machine.manager->Describe(machine.owner.id)->at(0).mounted);
    EXPECT_OK(machine.Remove());
    EXPECT_FALSE(machine.host.Exists(machine.Path("c")));
  });
}

TEST(ManagerOnLinux, MountsAfreshAfterAReboot) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Create({machine.Channel("p/c")}));
    ASSERT_OK(machine.Mount());
    ASSERT_EQ(::umount2(machine.Path("p/c").c_str(), 0), 0);
    EXPECT_THAT(machine.Restart({machine.owner}), IsEmpty());
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(*machine.Remove(), IsEmpty());
    EXPECT_FALSE(machine.host.Exists(machine.Path("p")));
  });
}

TEST(ManagerOnLinux, DoesNotFollowAParentThatWasSwappedForALink) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddDirectory(machine.Path("p"));
    machine.host.AddDirectory(machine.Path("victim"));
    ASSERT_OK(machine.Create({machine.Channel("p/c")}));
    machine.host.RemovePath(machine.Path("p"));
    machine.host.AddLink(machine.Path("p"), machine.Path("victim"));
    EXPECT_THAT(machine.Mount(),
                IsErrorWith(Code::kFailedPrecondition, "has become a symbolic link"));
    EXPECT_THAT(*os::ListDirectory(machine.Path("victim")), IsEmpty());
    EXPECT_OK(machine.Remove());
  });
}

TEST(ManagerOnLinux, RemovalDoesNotFollowAParentThatWasSwappedForALink) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddDirectory(machine.Path("p"));
    ASSERT_OK(machine.Create({machine.Channel("p/c")}));
    ASSERT_OK(machine.Mount());
    machine.host.Rename(machine.Path("p"), machine.Path("r"));
    machine.host.AddDirectory(machine.Path("victim"));
    machine.host.AddDirectory(machine.Path("victim/c"));
    machine.host.AddLink(machine.Path("p"), machine.Path("victim"));
    EXPECT_THAT(machine.Remove(), IsErrorWith(Code::kFailedPrecondition, machine.Path("r/c")));
    EXPECT_TRUE(machine.host.Exists(machine.Path("victim/c")));
    machine.host.RemovePath(machine.Path("p"));
    machine.host.Rename(machine.Path("r"), machine.Path("p"));
    EXPECT_OK(machine.Remove()) << "it can be repeated";
  });
}

TEST(ManagerOnLinux, RefusesPathsThatExist) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddLink(machine.Path("dangling"), "/nowhere");
    machine.host.AddFile(machine.Path("file"));
    const std::string before = machine.host.Dump();
    EXPECT_THAT(machine.Create({machine.Channel("dangling")}),
                IsErrorWith(Code::kAlreadyExists, "exists already"));
    EXPECT_THAT(machine.Create({machine.Channel("file")}),
                IsErrorWith(Code::kAlreadyExists, "exists already"));
    EXPECT_EQ(machine.host.Dump(), before);
  });
}

TEST(ManagerOnLinux, RemovesBusyChannelAndNamesItsUser) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Create({machine.Channel("c")}));
    ASSERT_OK(machine.Mount());
    const os::UniqueFd open = *os::Open(machine.Path("c/file"), O_WRONLY | O_CREAT, 0644);
    EXPECT_THAT(*machine.Remove(),
                ElementsAre(HasSubstr("(pid " + std::to_string(::getpid()) + ")")));
    EXPECT_FALSE(machine.host.Exists(machine.Path("c")));
  });
}

TEST(ManagerOnLinux, LeavesStackedMountAloneAndForgetsItWhenForced) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Create({machine.Channel("c")}));
    ASSERT_OK(machine.Mount());
    machine.host.MountForeign(machine.Path("c"));
    const std::string before = machine.host.Dump();
    EXPECT_THAT(machine.Remove(),
                IsErrorWith(Code::kFailedPrecondition, "another mount, of \"foreign\""));
    EXPECT_EQ(machine.host.Dump(), before);
    EXPECT_THAT(*machine.Remove(true), ElementsAre(HasSubstr("left as it is")));
    EXPECT_TRUE(machine.host.Exists(machine.Path("c")));
    EXPECT_THAT(machine.Restart({}), IsEmpty()) << "forgotten";
  });
}

TEST(ManagerOnLinux, LeavesFilesThatStandBeneathTheMount) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Create({machine.Channel("c")}));
    ASSERT_OK(machine.Mount());
    // A bind of the parent shows the directory without the mount.
    ASSERT_EQ(::mount(machine.host.root().c_str(), "/mnt", nullptr, MS_BIND, nullptr), 0);
    machine.host.AddFile("/mnt/c/file");
    ASSERT_EQ(::umount2("/mnt", MNT_DETACH), 0);
    EXPECT_THAT(machine.Remove(), IsErrorWith(Code::kFailedPrecondition, "is not empty"));
    EXPECT_TRUE(machine.host.Exists(machine.Path("c/file")));
    machine.host.RemovePath(machine.Path("c/file"));
    EXPECT_OK(machine.Remove());
    EXPECT_FALSE(machine.host.Exists(machine.Path("c")));
  });
}

TEST(ManagerOnLinux, TakesPathsThatNeedQuoting) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string before = machine.host.Dump();
    for (const char* name : {"a b", "q\"uote", "100%", "a\\040b", "tab\\011", "k\xc3\xa4se"}) {
      ASSERT_OK(machine.Create({machine.Channel(name)}));
      ASSERT_OK(machine.Mount());
      EXPECT_THAT(machine.Restart({machine.owner}), IsEmpty());
      EXPECT_TRUE(machine.manager->Describe(machine.owner.id)->at(0).mounted) << name;
      EXPECT_THAT(*machine.Remove(), IsEmpty());
      EXPECT_EQ(machine.host.Dump(), before) << name;
    }
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
