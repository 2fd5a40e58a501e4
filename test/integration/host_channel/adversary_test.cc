// What somebody without rights who may write beside the host path can put in the way, and what can
// be mounted there. every_moment_test.cc has what can be swapped while the engine works,
// hostile_contents_test.cc what root in a container can do.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "utils/os/unique_fd.h"
#include "yard.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string ChannelId(const Yard& yard) {
  return yard.machine.manager->Describe(yard.machine.owner.id)->at(0).id;
}

std::string TemporaryName(const Yard& yard) { return ".isulad-" + ChannelId(yard); }

void MakeLink(const char* target, const char* name) {
  if (::symlink(target, name) != 0) {
    ::_exit(1);
  }
}

// What the user can put under a name.
struct Thing {
  const char* what;
  void (*put)(const char* name);
};

const std::vector<Thing> kThings = {
    {"a link to a victim", [](const char* name) { MakeLink("../victim", name); }},
    {"a dangling link", [](const char* name) { MakeLink("nowhere", name); }},
    {"a FIFO", [](const char* name) { ::mkfifo(name, 0666); }},
    {"a socket", BindSocket},
    {"a file", [](const char* name) { ::close(::open(name, O_CREAT | O_CLOEXEC, 0666)); }},
    {"a directory", [](const char* name) { ::mkdir(name, 0777); }},
};

// Puts each thing at the host path, where no start has been, and lets `attempt` have a look.
void ExpectRefusedWhere(const char* host_path, const char* name) {
  RunInYard([&](Yard& yard) {
    for (const Thing& thing : kThings) {
      SCOPED_TRACE(thing.what);
      ASSERT_OK(yard.machine.Create({yard.Channel(host_path)}));
      yard.AsUser([&] { thing.put(name); });
      ASSERT_TRUE(yard.machine.host.Exists(yard.Path(name)));
      const std::string before = yard.machine.host.Dump();
      EXPECT_THAT(yard.machine.Mount(), IsErrorWith(Code::kFailedPrecondition, "host channel"));
      EXPECT_EQ(yard.machine.host.Dump(), before);
      EXPECT_THAT(*yard.machine.Remove(), IsEmpty()) << "nothing of ours was there";
      EXPECT_TRUE(yard.machine.host.Exists(yard.Path(name))) << "it is not ours to remove";
      yard.machine.host.RemovePath(yard.Path(name));
    }
  });
}

TEST(Adversary, WhateverComesToBeAtTheHostPathIsNeitherMountedOnNorRemoved) {
  ExpectRefusedWhere("c", "c");
}

TEST(Adversary, WhateverReplacesAParentBetweenCreateAndStartIsRefused) {
  RunInYard([](Yard& yard) {
    for (const Thing& thing : kThings) {
      SCOPED_TRACE(thing.what);
      if (std::string(thing.what) == "a directory") {
        continue;  // that is a parent like any other
      }
      yard.AsUser([] { ::mkdir("parent", 0755); });
      ASSERT_OK(yard.machine.Create({yard.Channel("parent/c")}));
      yard.AsUser([&] {
        ::rmdir("parent");
        thing.put("parent");
      });
      const bool dangling = std::string(thing.what) == "a dangling link";
      EXPECT_THAT(yard.machine.Mount(),
                  IsErrorWith(Code::kFailedPrecondition,
                              dangling || std::string(thing.what) == "a link to a victim"
                                  ? "has become a symbolic link"
                                  : "is not a directory any more"));
      EXPECT_OK(yard.machine.Remove());
      yard.machine.host.RemovePath(yard.Path("parent"));
    }
  });
}

TEST(Adversary, WhateverBearsTheTemporaryNameIsLeftAloneAndHoldsUpNoRemoval) {
  RunInYard([](Yard& yard) {
    for (const Thing& thing : kThings) {
      SCOPED_TRACE(thing.what);
      CreateAndMount(yard, "c");
      const std::string name = TemporaryName(yard);
      yard.AsUser([&] { thing.put(name.c_str()); });
      EXPECT_THAT(yard.machine.Restart({yard.machine.owner}), IsEmpty());
      EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
      EXPECT_FALSE(yard.machine.host.Exists(yard.Path("c")));
      EXPECT_TRUE(yard.machine.host.Exists(yard.Path(name)));
      yard.machine.host.RemovePath(yard.Path(name));
    }
  });
}

TEST(Adversary, TreeOfRootUnderTheTemporaryNameKeepsItsEmptyDirectories) {
  RunInYard([](Yard& yard) {
    ASSERT_OK(yard.machine.Create({yard.Channel("new/c")}));
    const std::string name = TemporaryName(yard);
    yard.AsUser([&] { ::rename("trap", name.c_str()); });
    EXPECT_FALSE(yard.machine.Mount());
    EXPECT_OK(yard.machine.Remove());
    yard.AsUser([&] { ::rename(name.c_str(), "trap"); });
  });
}

TEST(Adversary, AnotherDirectoryInPlaceOfARenamedParentIsNotTouched) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "p/c");
    yard.AsUser([] {
      ::rename("p", "r");
      ::mkdir("p", 0755);
      ::mkdir("p/c", 0755);
    });
    EXPECT_THAT(yard.machine.Mount(), IsErrorWith(Code::kFailedPrecondition, yard.Path("r/c")));
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, yard.Path("r/c")));
    EXPECT_THAT(*yard.machine.Remove(true), ElementsAre(HasSubstr("left as it is")));
    EXPECT_TRUE(yard.machine.host.Exists(yard.Path("p/c")));
    EXPECT_EQ(::umount2(yard.Path("r/c").c_str(), 0), 0) << "left, as was said";
  });
}

TEST(Adversary, StartThatIsUndoneWhileItsParentIsAwayDoesNotForgetTheMount) {
  RunInYard([](Yard& yard) {
    ASSERT_OK(yard.machine.Create({yard.Channel("p/c")}));
    auto mounts = yard.machine.manager->Mount(yard.machine.owner.id);
    ASSERT_OK(mounts);
    yard.AsUser([] { ::rename("p", "away"); });
    mounts->reset();
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, yard.Path("away/c")));
    yard.AsUser([] { ::rename("away", "p"); });
    EXPECT_OK(yard.machine.Remove());
    EXPECT_FALSE(yard.machine.host.Exists(yard.Path("p/c")));
  });
}

TEST(Adversary, VictimBoundOverTheHostPathIsNotEmptiedThroughTheBind) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    const std::string victim = yard.machine.Path("victim");
    ASSERT_EQ(::mount(victim.c_str(), yard.Path("c").c_str(), nullptr, MS_BIND, nullptr), 0);
    EXPECT_FALSE(yard.machine.Mount());
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, "another mount"));
    EXPECT_OK(yard.machine.Remove(true));
    EXPECT_TRUE(yard.machine.host.Exists(yard.Path("c/file"))) << "still bound";
    ASSERT_EQ(::umount2(yard.Path("c").c_str(), 0), 0);
  });
}

TEST(Adversary, VictimBoundInsideTheChannelKeepsBoth) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    yard.machine.host.AddDirectory(yard.Path("c/inner"));
    const std::string victim = yard.machine.Path("victim");
    const std::string inner = yard.Path("c/inner");
    ASSERT_EQ(::mount(victim.c_str(), inner.c_str(), nullptr, MS_BIND, nullptr), 0);
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, inner));
    EXPECT_TRUE(yard.machine.host.Exists(inner + "/file"));
    ASSERT_EQ(::umount2(inner.c_str(), 0), 0);
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(Adversary, FileBoundOverAFileInTheChannelIsSeenLikeAnyMount) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    yard.machine.host.AddFile(yard.Path("c/file"));
    const std::string victim = yard.machine.Path("victim/file");
    const std::string file = yard.Path("c/file");
    ASSERT_EQ(::mount(victim.c_str(), file.c_str(), nullptr, MS_BIND, nullptr), 0);
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, file));
    ASSERT_EQ(::umount2(file.c_str(), 0), 0);
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(Adversary, MountPutBeneathTheChannelStaysWhenTheChannelGoes) {
  RunInYard([](Yard& yard) {
    constexpr unsigned kMoveMountBeneath = 0x200;  // since Linux 6.5
    CreateAndMount(yard, "c");
    yard.machine.host.AddDirectory(yard.machine.Path("foreign"));
    yard.machine.host.MountForeign(yard.machine.Path("foreign"));
    yard.machine.host.AddFile(yard.machine.Path("foreign/file"));
    if (::syscall(SYS_move_mount, AT_FDCWD, yard.machine.Path("foreign").c_str(), AT_FDCWD,
                  yard.Path("c").c_str(), kMoveMountBeneath) != 0) {
      GTEST_SKIP() << "this kernel cannot mount beneath";
    }
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, "mounted on"));
    EXPECT_TRUE(yard.machine.host.Exists(yard.Path("c/file")));
    ASSERT_EQ(::umount2(yard.Path("c").c_str(), 0), 0);
    EXPECT_OK(yard.machine.Remove());
    EXPECT_FALSE(yard.machine.host.Exists(yard.Path("c")));
  });
}

TEST(Adversary, ParentThatIsMountedOverHidesTheChannelAndNothingIsTakenForIt) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "p/c");
    yard.machine.host.MountForeign(yard.Path("p"));
    yard.machine.host.AddDirectory(yard.Path("p/c"));
    EXPECT_THAT(yard.machine.Mount(), IsErrorWith(Code::kFailedPrecondition, "host channel"));
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, "host channel"));
    EXPECT_TRUE(yard.machine.host.Exists(yard.Path("p/c")));
    yard.machine.host.UnmountForeign(yard.Path("p"));
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(Adversary, FileSystemOfAnotherWithTheNameOfTheChannelIsNotTheChannel) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    const std::string source = "isulad:" + ChannelId(yard);
    ASSERT_EQ(::umount2(yard.Path("c").c_str(), 0), 0);
    ASSERT_EQ(::mount(source.c_str(), yard.Path("c").c_str(), "ramfs", 0, nullptr), 0);
    EXPECT_FALSE(yard.machine.Mount());
    EXPECT_FALSE(yard.machine.Remove());
    ASSERT_EQ(::umount2(yard.Path("c").c_str(), 0), 0) << "left alone";
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(Adversary, LoopOfLinksAmongTheParentsIsRefusedWithTheReason) {
  RunInYard([](Yard& yard) {
    yard.AsUser([] { MakeLink("loop", "loop"); });
    EXPECT_THAT(yard.machine.Create({yard.Channel("loop/c")}),
                IsErrorWith(Code::kInvalidArgument, "Too many levels of symbolic links"));
  });
}

TEST(Adversary, ParentThatAnotherChannelSharesStaysUntilTheLast) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "new/one");
    ASSERT_OK(yard.machine.Create(yard.machine.other, {yard.Channel("new/two")}));
    ASSERT_OK(yard.machine.Mount(yard.machine.other));
    EXPECT_OK(yard.machine.Remove());
    EXPECT_TRUE(yard.machine.host.Exists(yard.Path("new/two")));
    EXPECT_OK(yard.machine.manager->Remove(yard.machine.other.id, false));
    EXPECT_FALSE(yard.machine.host.Exists(yard.Path("new")));
  });
}

TEST(Adversary, PathsThatLookLikeMountOptionsOrEscapesAreNames) {
  RunInYard([](Yard& yard) {
    const std::string before = yard.machine.host.Dump();
    for (const char* name : {"a b", "it's", "\"q\"", "100%s%n", "back\\slash", "\\040", "a\\134b",
                             "size=1,uid=5", "#", "-rf", "*", "$(x)", " ", "(deleted)"}) {
      SCOPED_TRACE(name);
      CreateAndMount(yard, name);
      EXPECT_THAT(yard.machine.Restart({yard.machine.owner}), IsEmpty());
      EXPECT_OK(yard.machine.Mount());
      EXPECT_EQ(yard.machine.manager->Describe(yard.machine.owner.id)->at(0).free, Machine::kSize);
      EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
      EXPECT_EQ(yard.machine.host.Dump(), before);
    }
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
