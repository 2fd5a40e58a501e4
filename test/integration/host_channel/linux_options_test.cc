// The options of channels on real mounts: what the kernel makes of them, and what a change of size
// and another start leave of them.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include "machine.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/mount_api.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using isulad::test::RunInMountNamespace;
using testing::HasSubstr;
using testing::Not;

// A machine with one channel, "c", and options.
class Optioned : public Machine {
 public:
  explicit Optioned(const std::string& options) {
    HostChannel channel = Channel("c");
    channel.options = *ParseOptions(options);
    EXPECT_OK(Create({channel})) << options;
    EXPECT_OK(Mount());
  }
  std::string File(const std::string& name) const { return Path("c/" + name); }
  struct stat Root() const {
    struct stat status = {};
    EXPECT_EQ(::stat(Path("c").c_str(), &status), 0);
    return status;
  }
  uint64_t Inodes() const {
    struct statfs status = {};
    EXPECT_EQ(::statfs(Path("c").c_str(), &status), 0);
    return status.f_files;
  }
  // Its line in the mount table, of which mountinfo(5) has the file system's options at the end.
  std::string MountLine() const {
    const std::string table = *os::ReadFile("/proc/self/mountinfo");
    for (size_t begin = 0; begin < table.size();) {
      const size_t end = table.find('\n', begin);
      const std::string line = table.substr(begin, end - begin);
      if (line.find(" " + Path("c") + " ") != std::string::npos) {
        return line + ",";
      }
      begin = end + 1;
    }
    ADD_FAILURE() << "not mounted";
    return "";
  }
  Status ResizeTo(uint64_t size) {
    ASSIGN_OR_RETURN(const auto resizing, manager->Resize(owner.id, Path("c"), size));
    RETURN_IF_ERROR(resizing->Apply());
    return resizing->Commit();
  }
};

bool KernelTakes(const std::string& name, const std::string& value) {
  return os::ProbeParameter("tmpfs", name, value).has_value();
}

void WriteFile(const std::string& path, const std::string& text, mode_t mode = 0644) {
  ASSERT_OK(os::WriteFileAtomic(path, text, mode, os::Sync::kNone));
}

TEST(OptionsOnLinux, ModeAndOwnerAreSetAndSetAgain) {
  RunInMountNamespace([] {
    Optioned machine("mode=2750,uid=12,gid=34");
    for (const bool again : {false, true}) {
      SCOPED_TRACE(again);
      const struct stat root = machine.Root();
      EXPECT_EQ(root.st_mode & 07777, 02750u);
      EXPECT_EQ(root.st_uid, 12u);
      EXPECT_EQ(root.st_gid, 34u);
      ASSERT_EQ(::chmod(machine.Path("c").c_str(), 0), 0);
      ASSERT_EQ(::chown(machine.Path("c").c_str(), 1, 1), 0);
      ASSERT_OK(machine.Mount());
    }
    EXPECT_EQ(machine.Root().st_mode & 07777, 02750u);
  });
}

TEST(OptionsOnLinux, InodeLimitThatWasGivenStays) {
  RunInMountNamespace([] {
    Optioned machine("nr_inodes=1000");
    EXPECT_EQ(machine.Inodes(), 1000u);
    ASSERT_OK(machine.ResizeTo(64 * Machine::kSize));
    EXPECT_EQ(machine.Inodes(), 1000u);
    ASSERT_OK(machine.Mount());
    EXPECT_EQ(machine.Inodes(), 1000u);
  });
}

TEST(OptionsOnLinux, InodeLimitThatWasNotGivenFollowsTheSize) {
  RunInMountNamespace([] {
    Optioned machine("");
    EXPECT_EQ(machine.Inodes(), 256u);
    ASSERT_OK(machine.ResizeTo(64 * Machine::kSize));
    EXPECT_EQ(machine.Inodes(), 4096u);
  });
}

// Of each option that the kernel shows: it is there, and outlives a resize and another start.
TEST(OptionsOnLinux, PagesAreHadAsAskedThroughResizeAndStart) {
  struct Case {
    const char* option;
    const char* name;
    const char* value;
    const char* shown;
  };
  for (const Case& c :
       std::vector<Case>{{"noswap", "noswap", "", ",noswap,"},
                         {"huge=always", "huge", "always", ",huge=always,"},
                         {"huge=within_size", "huge", "within_size", ",huge=within_size,"},
                         {"huge=advise", "huge", "advise", ",huge=advise,"},
                         {"mpol=bind:0", "mpol", "bind:0", ",mpol=bind:0,"},
                         {"mpol=prefer:0", "mpol", "prefer:0", ",mpol=prefer:0,"},
                         {"mpol=local", "mpol", "local", ",mpol=local,"}}) {
    if (!KernelTakes(c.name, c.value)) {
      continue;  // refused at create: the next case
    }
    RunInMountNamespace([&c] {
      SCOPED_TRACE(c.option);
      Optioned machine(c.option);
      EXPECT_THAT(machine.MountLine(), HasSubstr(c.shown));
      ASSERT_OK(machine.ResizeTo(4 * Machine::kSize));
      EXPECT_THAT(machine.MountLine(), HasSubstr(c.shown));
      EXPECT_THAT(machine.MountLine(), HasSubstr("size=4096k"));
      ASSERT_OK(machine.Mount());
      EXPECT_THAT(machine.MountLine(), HasSubstr(c.shown));
    });
  }
}

TEST(OptionsOnLinux, HugePagesThatTheContainerTurnedOffAreSetAgain) {
  if (!KernelTakes("huge", "advise")) {
    GTEST_SKIP() << "this kernel has no huge pages in tmpfs";
  }
  RunInMountNamespace([] {
    Optioned machine("huge=advise");
    const os::UniqueFd root = *os::Open(machine.Path("c"), O_PATH | O_DIRECTORY);
    ASSERT_OK(os::ReconfigureFilesystem(root.get(), {{"huge", "never"}}));
    EXPECT_THAT(machine.MountLine(), Not(HasSubstr(",huge=advise,")));
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(machine.MountLine(), HasSubstr(",huge=advise,"));
  });
}

TEST(OptionsOnLinux, WhatTheKernelDoesNotTakeIsRefusedAndLeavesNothing) {
  RunInMountNamespace([] {
    Machine machine;
    HostChannel channel = machine.Channel("c");
    channel.options.memory_policy = "bind:1023";  // a node that no machine of ours has
    EXPECT_THAT(machine.Create({channel}),
                IsErrorWith(Code::kInvalidArgument,
                            "host channel option \"mpol=bind:1023\" is not supported by this "
                            "kernel"));
    EXPECT_THAT(*os::ListDirectory(machine.Records()), testing::IsEmpty());
  });
}

// The exit status of a program that stands in the channel; 126: it may not be executed.
int Execute(const std::string& path) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(path.c_str(), path.c_str(), nullptr);
    ::_exit(errno == EACCES ? 126 : 125);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(OptionsOnLinux, ProgramsAreExecutedOnlyWhereAsked) {
  for (const bool exec : {false, true}) {
    RunInMountNamespace([exec] {
      Optioned machine(exec ? "exec" : "");
      WriteFile(machine.File("program"), "#!/bin/sh\nexit 7\n", 0755);
      EXPECT_EQ(Execute(machine.File("program")), exec ? 7 : 126);
      EXPECT_EQ(machine.MountLine().find("noexec") == std::string::npos, exec);
      EXPECT_THAT(machine.MountLine(), HasSubstr("nosuid,nodev"));
      const auto mounts = *machine.manager->Mount(machine.owner.id);
      EXPECT_EQ(Execute(mounts->entries()[0].source + "/program"), exec ? 7 : 126);
    });
  }
}

// A directory with files of all kinds, and one beneath the other `depth` of them.
void FillTree(const Optioned& machine, int depth) {
  WriteFile(machine.File("file"), "x");
  WriteFile(machine.File("two\nlines"), "x");
  ASSERT_EQ(::symlink("/etc", machine.File("link").c_str()), 0);
  ASSERT_EQ(::mkfifo(machine.File("fifo").c_str(), 0600), 0);
  ASSERT_EQ(::mkdir(machine.File("closed").c_str(), 0), 0);
  ASSERT_EQ(::mkdir(machine.File(".isulad-clear-0").c_str(), 0700), 0);
  WriteFile(machine.File(".isulad-clear-0/file"), "x");
  os::UniqueFd directory = *os::Open(machine.Path("c"), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < depth; ++i) {
    ASSERT_EQ(::mkdirat(directory.get(), "deep", 0700), 0);
    directory = *os::OpenAt(directory.get(), "deep", O_RDONLY | O_DIRECTORY);
    ASSERT_OK(os::OpenAt(directory.get(), "file", O_WRONLY | O_CREAT, 0600));
  }
}

TEST(ClearOnLinux, EmptiesAtEveryStartAndKeepsTheMount) {
  RunInMountNamespace([] {
    Optioned machine("clear,nr_inodes=20000");
    FillTree(machine, 5000);
    const dev_t device = machine.Root().st_dev;
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(*os::ListDirectory(machine.Path("c")), testing::IsEmpty());
    EXPECT_EQ(machine.Root().st_dev, device) << "whoever has the channel open goes on to have it";
    EXPECT_TRUE(os::PathExists("/etc/passwd"));
    ASSERT_OK(machine.Mount());
  });
}

TEST(ClearOnLinux, KeepsContentsWhereItWasNotAsked) {
  RunInMountNamespace([] {
    Optioned machine("");
    FillTree(machine, 3);
    ASSERT_OK(machine.Mount());
    EXPECT_TRUE(os::PathExists(machine.File("deep/deep/deep/file")));
  });
}

TEST(ClearOnLinux, WorksWhereTheChannelIsFullReadOnlyAndTooSmall) {
  RunInMountNamespace([] {
    Optioned machine("clear");
    WriteFile(machine.File("file"), std::string(1000 * 1024, 'x'));
    const os::UniqueFd root = *os::Open(machine.Path("c"), O_PATH | O_DIRECTORY);
    ASSERT_OK(os::ReconfigureFilesystem(root.get(), {{"size", "64m"}}));
    WriteFile(machine.File("more"), std::string(2 * Machine::kSize, 'x'));
    ASSERT_OK(os::ReconfigureFilesystem(root.get(), {{"ro", ""}}));
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(*os::ListDirectory(machine.Path("c")), testing::IsEmpty());
    EXPECT_THAT(machine.MountLine(), HasSubstr("size=1024k"));
  });
}

TEST(ClearOnLinux, DoesNotGoThroughMounts) {
  RunInMountNamespace([] {
    Optioned machine("clear");
    ASSERT_EQ(::mkdir(machine.File("inner").c_str(), 0700), 0);
    WriteFile(machine.File("file"), "x");
    machine.host.MountForeign(machine.File("inner"));
    WriteFile(machine.File("inner/foreign"), "x");
    EXPECT_THAT(machine.Mount(), IsErrorWith(Code::kFailedPrecondition, "another mount"));
    EXPECT_TRUE(os::PathExists(machine.File("inner/foreign")));
    EXPECT_TRUE(os::PathExists(machine.File("file")));
    machine.host.UnmountForeign(machine.File("inner"));
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(*os::ListDirectory(machine.Path("c")), testing::IsEmpty());
  });
}

TEST(ClearOnLinux, IsNotKeptFromByOneWhoMovesAndMakesThingsMeanwhile) {
  RunInMountNamespace([] {
    Optioned machine("clear,nr_inodes=20000");
    std::atomic<bool> stop = false;
    std::thread other([&] {
      for (int i = 0; !stop; ++i) {
        const std::string name = std::to_string(i % 50);
        ::mkdir(machine.File("x").c_str(), 0700);
        ::mkdir(machine.File("x/" + name).c_str(), 0700);
        ::symlink("/etc", machine.File("x/link").c_str());
        ::rename(machine.File("x/" + name).c_str(), machine.File(name).c_str());
        ::rename(machine.File("x/link").c_str(), machine.File("y").c_str());
      }
    });
    for (int round = 0; round < 30; ++round) {
      FillTree(machine, 20);
      Status mounted = machine.Mount();
      for (int again = 0; again < 100 && !mounted; ++again) {
        ASSERT_THAT(mounted, IsErrorWith(Code::kAborted, "as fast as"));
        mounted = machine.Mount();
      }
      ASSERT_OK(mounted);
      EXPECT_FALSE(os::PathExists(machine.File("deep")));
      EXPECT_TRUE(os::PathExists("/etc/passwd"));
    }
    stop = true;
    other.join();
    ASSERT_OK(machine.Mount());
    EXPECT_THAT(*os::ListDirectory(machine.Path("c")), testing::IsEmpty());
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
