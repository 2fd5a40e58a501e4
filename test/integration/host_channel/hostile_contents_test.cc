// What root in a container can do to its channel, and users of the host who hold it: fill it, close
// it, call things by strange names, keep it in namespaces of their own.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <string>
#include <vector>

#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "yard.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(HostileContents, EmptyFilesInAOnePageChannelEndAtItsInodeLimit) {
  RunInYard([](Yard& yard) {
    HostChannel channel = yard.Channel("c");
    channel.size = 4096;
    ASSERT_OK(yard.machine.Create({channel}));
    ASSERT_OK(yard.machine.Mount());
    int made = 0;
    while (made < 3000 &&
           ::mknod((yard.Path("c/") + std::to_string(made)).c_str(), S_IFREG | 0600, 0) == 0) {
      ++made;
    }
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_EQ(made, 255);
    EXPECT_OK(yard.machine.Mount()) << "a start with no inode left";
    EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
  });
}

TEST(HostileContents, HardLinksEndAtTheInodeLimitToo) {
  RunInYard([](Yard& yard) {
    HostChannel channel = yard.Channel("c");
    channel.size = 4096;
    ASSERT_OK(yard.machine.Create({channel}));
    ASSERT_OK(yard.machine.Mount());
    yard.machine.host.AddFile(yard.Path("c/file"));
    int made = 0;
    while (made < 3000 && ::link(yard.Path("c/file").c_str(),
                                 (yard.Path("c/") + std::to_string(made)).c_str()) == 0) {
      ++made;
    }
    EXPECT_EQ(errno, ENOSPC);
    EXPECT_LT(made, 256);
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(HostileContents, ChannelThatWasClosedToEverybodyIsStartedAgainAndRemoved) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    ASSERT_EQ(::chown(yard.Path("c").c_str(), 12, 34), 0);
    ASSERT_EQ(::chmod(yard.Path("c").c_str(), 0), 0);
    ASSERT_OK(yard.machine.Mount());
    struct stat status = {};
    ASSERT_EQ(::stat(yard.Path("c").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 01777u);
    EXPECT_EQ(status.st_uid, 0u);
    ASSERT_EQ(::chmod(yard.Path("c").c_str(), 0), 0);
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(HostileContents, FileSystemThatWasMadeSmallerAndReadOnlyIsAsAskedForAfterAStart) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    // By its own mount of the file system, as a container has one.
    ASSERT_EQ(::mount(yard.Path("c").c_str(), "/mnt", nullptr, MS_BIND, nullptr), 0);
    ASSERT_EQ(::mount(nullptr, "/mnt", nullptr, MS_REMOUNT | MS_RDONLY, "size=4096,nr_inodes=3"),
              0);
    ASSERT_OK(yard.machine.Mount());
    const ChannelState state = yard.machine.manager->Describe(yard.machine.owner.id)->at(0);
    EXPECT_EQ(state.free, Machine::kSize);
    EXPECT_EQ(state.inodes, 256u);
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(HostileContents, FullChannelIsStartedAgainAndRemoved) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    const os::UniqueFd fd = *os::Open(yard.Path("c/file"), O_WRONLY | O_CREAT, 0644);
    ASSERT_EQ(::posix_fallocate(fd.get(), 0, Machine::kSize), 0);
    EXPECT_OK(yard.machine.Mount());
    EXPECT_THAT(*yard.machine.Remove(),
                ElementsAre(HasSubstr("(pid " + std::to_string(::getpid()) + ")")));
    EXPECT_FALSE(yard.machine.host.Exists(yard.Path("c")));
  });
}

TEST(HostileContents, NobodyOpensAFifoOrASocketInTheChannel) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    yard.AsUser([] {
      ::mkfifo("c/fifo", 0666);
      BindSocket("c/socket");
    });
    ASSERT_TRUE(yard.machine.host.Exists(yard.Path("c/socket")));
    EXPECT_OK(yard.machine.Mount());
    EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
  });
}

TEST(HostileContents, DeepTreeIsNotWalked) {
  RunInYard([](Yard& yard) {
    HostChannel channel = yard.Channel("c");
    channel.size = 256u << 20;
    ASSERT_OK(yard.machine.Create({channel}));
    ASSERT_OK(yard.machine.Mount());
    os::UniqueFd directory = *os::Open(yard.Path("c"), O_PATH | O_DIRECTORY);
    for (int depth = 0; depth < 10000; ++depth) {
      ASSERT_EQ(::mkdirat(directory.get(), "d", 0777), 0) << depth;
      directory = os::UniqueFd(::openat(directory.get(), "d", O_PATH | O_CLOEXEC));
    }
    directory.reset();
    EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
    EXPECT_FALSE(yard.machine.host.Exists(yard.Path("c")));
  });
}

TEST(HostileContents, NoticeOfAHolderIsOneLineWhateverItCallsItself) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    const os::UniqueFd open = *os::Open(yard.Path("c/file"), O_WRONLY | O_CREAT, 0644);
    ASSERT_EQ(::prctl(PR_SET_NAME, "a\nb\x1b[2J"), 0);
    const Result<std::vector<std::string>> notices = yard.machine.Remove();
    ASSERT_OK(notices);
    EXPECT_THAT(*notices, ElementsAre(HasSubstr("in use by a\\")));
    EXPECT_THAT(notices->at(0), Not(HasSubstr("\n")));
    EXPECT_THAT(notices->at(0), Not(HasSubstr("\x1b")));
  });
}

TEST(HostileContents, MessageAboutAPlantedFileIsOneLineWhateverItIsCalled) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    ASSERT_EQ(::umount2(yard.Path("c").c_str(), 0), 0);
    const std::string planted = yard.Path("c/a\nb\x1b[2J");
    yard.machine.host.AddFile(planted);
    const Status mounted = yard.machine.Mount();
    EXPECT_THAT(mounted, IsErrorWith(Code::kFailedPrecondition, "is not empty"));
    EXPECT_THAT(mounted.error().message(), Not(HasSubstr("\n")));
    EXPECT_THAT(mounted.error().message(), Not(HasSubstr("\x1b")));
    yard.machine.host.RemovePath(planted);
    EXPECT_OK(yard.machine.Remove());
  });
}

// A process that holds the root of a file system whose server never answers.
TEST(HostileContents, SearchForHoldersDoesNotWaitForAFileSystemThatNeverAnswers) {
  RunInYard([](Yard& yard) {
    const Result<os::UniqueFd> server = os::Open("/dev/fuse", O_RDWR);
    const std::string silent = yard.Path("silent");
    yard.machine.host.AddDirectory(silent);
    if (!server || ::mount("silent", silent.c_str(), "fuse", 0,
                           ("fd=" + std::to_string(server->get()) +
                            ",rootmode=40755,user_id=0,group_id=0,allow_other")
                               .c_str()) != 0) {
      GTEST_SKIP() << "no file system in user space here";
    }
    const os::UniqueFd root = *os::Open(silent, O_PATH | O_DIRECTORY);
    CreateAndMount(yard, "c");
    const os::UniqueFd open = *os::Open(yard.Path("c/file"), O_WRONLY | O_CREAT, 0644);
    ::alarm(20);
    EXPECT_THAT(*yard.machine.Remove(), ElementsAre(HasSubstr("in use by")));
    ::alarm(0);
    ASSERT_EQ(::umount2(silent.c_str(), MNT_DETACH), 0);
  });
}

// A user in a mount namespace of his own in which the channel is not mounted.
class OutsideTheMount {
 public:
  // To be made before the mount.
  explicit OutsideTheMount(const Yard& yard) {
    EXPECT_EQ(::pipe2(go_, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(ready_, O_CLOEXEC), 0);
    yard_ = yard.machine.Path("yard");
  }

  void Start(const std::function<void()>& act) {
    child_ = ::fork();
    if (child_ == 0) {
      char byte = 0;
      const bool moved = ::chdir(yard_.c_str()) == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                         ::setresuid(65534, 65534, 65534) == 0;
      const bool told = ::write(ready_[1], &byte, 1) == 1 && ::read(go_[0], &byte, 1) == 1;
      if (moved && told) {
        act();
      }
      ::_exit(moved && told ? 0 : 1);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready_[0], &byte, 1), 1);
  }
  void Act() {
    char byte = 0;
    ASSERT_EQ(::write(go_[1], &byte, 1), 1);
    int status = 0;
    ASSERT_EQ(::waitpid(child_, &status, 0), child_);
    EXPECT_EQ(status, 0);
  }

 private:
  int go_[2];
  int ready_[2];
  std::string yard_;
  pid_t child_ = -1;
};

TEST(HostileContents, HostPathRenamedFromANamespaceWithoutTheMountIsFoundAgain) {
  RunInYard([](Yard& yard) {
    OutsideTheMount user(yard);
    user.Start([] { ::rename("c", "moved"); });
    CreateAndMount(yard, "c");
    user.Act();
    ASSERT_TRUE(yard.machine.host.Exists(yard.Path("moved")));
    EXPECT_THAT(yard.machine.Remove(), IsErrorWith(Code::kFailedPrecondition, yard.Path("moved")));
    ASSERT_EQ(::umount2(yard.Path("moved").c_str(), 0), 0);
    yard.AsUser([] { ::rename("moved", "c"); });
    EXPECT_OK(yard.machine.Remove());
  });
}

TEST(HostileContents, HostPathRemovedFromANamespaceWithoutTheMountLeavesNothingPinned) {
  RunInYard([](Yard& yard) {
    OutsideTheMount user(yard);
    user.Start([] { ::rmdir("c"); });
    CreateAndMount(yard, "c");
    user.Act();
    ASSERT_FALSE(yard.machine.host.Exists(yard.Path("c")));
    EXPECT_FALSE(yard.machine.manager->Describe(yard.machine.owner.id)->at(0).mounted);
    EXPECT_THAT(*yard.machine.Remove(), ElementsAre(HasSubstr("had been removed already")));
  });
}

TEST(HostileContents, NamespaceOfAUserThatHasACopyOfTheMountKeepsNothing) {
  RunInYard([](Yard& yard) {
    CreateAndMount(yard, "c");
    OutsideTheMount user(yard);  // inside, this time
    user.Start([] {
      struct stat status = {};
      ::_exit(::stat("c", &status) != 0 && errno == ENOENT ? 0 : 1);
    });
    EXPECT_THAT(*yard.machine.Remove(), IsEmpty());
    user.Act();
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
