// The manager on real mounts.
#include "daemon/modules/spec/host_channel/manager.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "machine.h"
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

TEST(ManagerOnLinux, ExactlyOneOfTwoRacingOwnersGetsThePath) {
  RunInMountNamespace([] {
    Machine machine;
    for (int round = 0; round < 5; ++round) {
      Status first;
      Status second;
      std::thread one([&] { first = machine.Create(machine.owner, {machine.Channel("c")}); });
      std::thread two([&] { second = machine.Create(machine.other, {machine.Channel("c")}); });
      one.join();
      two.join();
      ASSERT_NE(first.has_value(), second.has_value());
      EXPECT_THAT(first ? second : first,
                  IsErrorWith(Code::kAlreadyExists, first ? "\"web\"" : "\"db\""));
      ASSERT_OK(machine.manager->Remove(first ? machine.owner.id : machine.other.id, false));
    }
  });
}

TEST(ManagerOnLinux, StartsAndRemovalsInOneMissingParentRunSideBySide) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string before = machine.host.Dump();
    const auto live = [&machine](const Owner& owner, const std::string& name) {
      for (int round = 0; round < 50; ++round) {
        EXPECT_OK(machine.Create(owner, {machine.Channel(name)}));
        EXPECT_OK(machine.Mount(owner));
        const Result<Manager::Removal> removal = machine.manager->Remove(owner.id, false);
        EXPECT_OK(removal);
      }
    };
    std::thread one([&] { live(machine.owner, "p/q/one"); });
    std::thread two([&] { live(machine.other, "p/q/two"); });
    one.join();
    two.join();
    EXPECT_EQ(machine.host.Dump(), before);
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
