// What only the real kernel can show of LinuxMountOps; the contract has the rest.
#include "daemon/modules/spec/host_channel/linux_mount_ops.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "linux_host.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/mountinfo.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using isulad::test::RunInChild;
using isulad::test::RunInMountNamespace;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kSize = 1u << 20;

TmpfsOptions Options() {
  TmpfsOptions options;
  options.size = kSize;
  options.inodes = 256;
  return options;
}

Status Agree(const std::vector<std::string>&) { return OkStatus(); }

// Each body runs in a forked child with a mount namespace of its own.
class Machine {
 public:
  explicit Machine(const TmpfsOptions& options = Options())
      : directory{host.root() + "/c", std::string(64, 'a'), {}} {
    EXPECT_OK(ops().MakeDirectory(directory, Agree));
    EXPECT_OK(ops().Mount(directory, options));
  }

  MountOps& ops() { return host.ops(); }
  std::string Path(const std::string& name) const { return directory.path + "/" + name; }

  LinuxHost host;
  HostDirectory directory;
};

struct stat StatOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

// Writes until the first error and returns the bytes written; errno is in `error`.
uint64_t Fill(const std::string& path, int& error) {
  const os::UniqueFd fd = *os::Open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const std::string block(4096, 'x');
  uint64_t written = 0;
  ssize_t n;
  while ((n = ::write(fd.get(), block.data(), block.size())) > 0) {
    written += static_cast<uint64_t>(n);
  }
  error = errno;
  return written;
}

int OpenErrno(const std::string& path, int flags) {
  const Result<os::UniqueFd> fd = os::Open(path, flags, 0644);
  return fd ? 0 : fd.error().system_errno();
}

TEST(LinuxMountOps, MountsWithModeSourceAndAttributes) {
  RunInMountNamespace([] {
    Machine machine;
    const struct stat status = StatOf(machine.directory.path);
    EXPECT_EQ(status.st_mode & 07777, 01777u);
    EXPECT_EQ(status.st_uid, 0u);
    const std::vector<os::MountEntry> mounts = *os::ReadMountinfo();
    EXPECT_EQ(mounts.back().source, "isulad:" + machine.directory.channel_id);
    for (const char* option : {"nosuid", "nodev", "noexec", "nosymfollow"}) {
      EXPECT_THAT(mounts.back().options, HasSubstr(option));
    }
  });
}

TEST(LinuxMountOps, HoldsExactlyItsSize) {
  RunInMountNamespace([] {
    Machine machine;
    int error = 0;
    EXPECT_EQ(Fill(machine.Path("file"), error), kSize);
    EXPECT_EQ(error, ENOSPC);
  });
}

TEST(LinuxMountOps, HoldsNoMoreInodesThanItsLimit) {
  RunInMountNamespace([] {
    Machine machine;
    for (int i = 1; i < 256; ++i) {
      ASSERT_EQ(OpenErrno(machine.Path(std::to_string(i)), O_CREAT | O_WRONLY), 0) << i;
    }
    EXPECT_EQ(OpenErrno(machine.Path("last"), O_CREAT | O_WRONLY), ENOSPC);
    EXPECT_EQ(machine.ops().Inspect(machine.directory, Search::kPathOnly)->inodes_used, 256u);
  });
}

TEST(LinuxMountOps, HostDoesNotFollowLinksInTheChannelButTheViewDoes) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddLink(machine.Path("link"), "/etc/passwd");
    EXPECT_EQ(OpenErrno(machine.Path("link"), O_RDONLY), ELOOP);
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(machine.ops().AttachView(machine.directory, view, {}));
    EXPECT_EQ(OpenErrno(view + "/link", O_RDONLY), 0);
    ASSERT_OK(machine.ops().DetachView(view));
  });
}

TEST(LinuxMountOps, HostFollowsLinksWhereAsked) {
  RunInMountNamespace([] {
    TmpfsOptions options = Options();
    options.follow_symlinks = true;
    Machine machine(options);
    machine.host.AddLink(machine.Path("link"), "/etc/passwd");
    EXPECT_EQ(OpenErrno(machine.Path("link"), O_RDONLY), 0);
  });
}

TEST(LinuxMountOps, ReadOnlyViewIsReadOnlyAndTheHostIsNot) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(machine.ops().AttachView(machine.directory, view, {true, {}}));
    EXPECT_EQ(OpenErrno(view + "/file", O_WRONLY | O_CREAT), EROFS);
    EXPECT_EQ(OpenErrno(machine.Path("file"), O_WRONLY | O_CREAT), 0);
    EXPECT_EQ(OpenErrno(view + "/file", O_RDONLY), 0) << "one file system";
    ASSERT_OK(machine.ops().DetachView(view));
    EXPECT_FALSE(machine.host.Exists(view));
  });
}

TEST(LinuxMountOps, AttachesViewsWhereTheWayIsALink) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string link = machine.host.root() + "/link";
    machine.host.AddLink(link, machine.host.views());
    ASSERT_OK(machine.ops().AttachView(machine.directory, link + "/v", {}));
    EXPECT_EQ(OpenErrno(machine.host.views() + "/v/file", O_WRONLY | O_CREAT), 0);
    ASSERT_OK(machine.ops().DetachView(link + "/v"));
    EXPECT_FALSE(machine.host.Exists(machine.host.views() + "/v"));
  });
}

TEST(LinuxMountOps, SetsWhatTheContainerChangedAgain) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string& path = machine.directory.path;
    machine.host.AddFile(machine.Path("file"));
    ASSERT_EQ(::chmod(path.c_str(), 0700), 0);
    ASSERT_EQ(::chown(path.c_str(), 1000, 1000), 0);
    // A container with CAP_SYS_ADMIN can do this to the file system through its own mount of it.
    const std::string bound = machine.host.views() + "/v";
    machine.host.AddDirectory(bound);
    ASSERT_EQ(::mount(path.c_str(), bound.c_str(), nullptr, MS_BIND, nullptr), 0);
    ASSERT_EQ(::mount(nullptr, bound.c_str(), nullptr, MS_REMOUNT | MS_RDONLY,
                      "size=8192,nr_inodes=1000"),
              0);
    ASSERT_EQ(OpenErrno(machine.Path("refused"), O_WRONLY | O_CREAT), EROFS);
    ASSERT_OK(machine.ops().Mount(machine.directory, Options()));
    EXPECT_EQ(StatOf(path).st_mode & 07777, 01777u);
    EXPECT_EQ(StatOf(path).st_uid, 0u);
    const Inspection inspection = *machine.ops().Inspect(machine.directory, Search::kPathOnly);
    EXPECT_EQ(inspection.used + inspection.free, kSize);
    EXPECT_EQ(inspection.inodes, 256u);
    EXPECT_TRUE(machine.host.Exists(machine.Path("file")));
  });
}

TEST(LinuxMountOps, DirectoryHasItsModeWhateverTheUmask) {
  RunInMountNamespace([] {
    LinuxHost host;
    ::umask(0777);
    const HostDirectory directory{host.root() + "/p/c", std::string(64, 'a'), {}};
    ASSERT_OK(host.ops().MakeDirectory(directory, Agree));
    EXPECT_EQ(StatOf(host.root() + "/p").st_mode & 07777, 0755u);
    EXPECT_EQ(StatOf(directory.path).st_mode & 07777, 0755u);
  });
}

TEST(LinuxMountOps, DetachesBusyMountAndNamesTheHolder) {
  RunInMountNamespace([] {
    Machine machine;
    const os::UniqueFd open = *os::Open(machine.Path("file"), O_WRONLY | O_CREAT, 0644);
    const Result<Unmounted> unmounted = machine.ops().Unmount(machine.directory);
    ASSERT_OK(unmounted);
    EXPECT_TRUE(unmounted->detached);
    EXPECT_THAT(unmounted->holders,
                Contains(HasSubstr("(pid " + std::to_string(::getpid()) + ")")));
    EXPECT_OK(machine.ops().RemoveDirectory(machine.directory, Remains::kAll));
    EXPECT_FALSE(machine.host.Exists(machine.directory.path));
  });
}

TEST(LinuxMountOps, NamesHolderByWorkingDirectory) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_EQ(::chdir(machine.directory.path.c_str()), 0);
    const Result<Unmounted> unmounted = machine.ops().Unmount(machine.directory);
    ASSERT_OK(unmounted);
    EXPECT_THAT(unmounted->holders,
                Contains(HasSubstr("(pid " + std::to_string(::getpid()) + ")")));
    ASSERT_EQ(::chdir("/"), 0);
  });
}

TEST(LinuxMountOps, UnmountsPlainlyWhereNobodyUsesIt) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddFile(machine.Path("file"));
    const Result<Unmounted> unmounted = machine.ops().Unmount(machine.directory);
    ASSERT_OK(unmounted);
    EXPECT_FALSE(unmounted->detached);
    EXPECT_THAT(unmounted->holders, IsEmpty());
  });
}

TEST(LinuxMountOps, SeesMountInsideTheChannel) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddDirectory(machine.Path("inner"));
    machine.host.MountForeign(machine.Path("inner"));
    EXPECT_EQ(machine.ops().Inspect(machine.directory, Search::kPathOnly)->state,
              PathState::kCovered);
    EXPECT_THAT(machine.ops().Unmount(machine.directory),
                IsErrorWith(Code::kFailedPrecondition, "/inner\""));
    machine.host.UnmountForeign(machine.Path("inner"));
  });
}

TEST(LinuxMountOps, SeesItsOwnFileSystemBoundOnTopOfItself) {
  RunInMountNamespace([] {
    Machine machine;
    const char* path = machine.directory.path.c_str();
    ASSERT_EQ(::mount(path, path, nullptr, MS_BIND, nullptr), 0);
    EXPECT_EQ(machine.ops().Inspect(machine.directory, Search::kPathOnly)->state,
              PathState::kCovered);
    EXPECT_FALSE(machine.ops().Unmount(machine.directory));
    ASSERT_EQ(::umount2(path, 0), 0);
    EXPECT_OK(machine.ops().Unmount(machine.directory));
  });
}

TEST(LinuxMountOps, SeesSubdirectoryOfAChannelThatIsBoundAtItsPath) {
  RunInMountNamespace([] {
    Machine machine;
    machine.host.AddDirectory(machine.Path("inner"));
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(machine.ops().AttachView(machine.directory, view, {}));
    ASSERT_OK(machine.ops().Unmount(machine.directory));
    ASSERT_EQ(::mount((view + "/inner").c_str(), machine.directory.path.c_str(), nullptr, MS_BIND,
                      nullptr),
              0);
    EXPECT_EQ(machine.ops().Inspect(machine.directory, Search::kPathOnly)->state,
              PathState::kForeign);
  });
}

TEST(LinuxMountOps, RemovalFreesTheMemoryThatOtherNamespacesHold) {
  RunInMountNamespace([] {
    Machine machine;
    int ready[2];
    int go[2];
    ASSERT_EQ(::pipe2(ready, O_CLOEXEC), 0);
    ASSERT_EQ(::pipe2(go, O_CLOEXEC), 0);
    const std::string path = machine.directory.path;
    const pid_t child = ::fork();
    if (child == 0) {
      char byte = 0;
      const bool unshared = ::unshare(CLONE_NEWNS) == 0;
      const bool told = ::write(ready[1], &byte, 1) == 1 && ::read(go[0], &byte, 1) == 1;
      struct statfs status;
      // The copy of the mount is gone with the directory that it was on.
      const bool gone = ::statfs(path.c_str(), &status) != 0 && errno == ENOENT;
      ::_exit(unshared && told && gone ? 0 : 1);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    EXPECT_OK(machine.ops().Unmount(machine.directory));
    EXPECT_OK(machine.ops().RemoveDirectory(machine.directory, Remains::kAll));
    ASSERT_EQ(::write(go[1], &byte, 1), 1);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  });
}

TEST(LinuxMountOps, KeepsNoDescriptorOpen) {
  RunInMountNamespace([] {
    const auto descriptors = [] { return os::ListDirectory("/proc/self/fd")->size(); };
    const size_t before = descriptors();
    Machine machine;
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(machine.ops().AttachView(machine.directory, view, {true, {}}));
    ASSERT_OK(machine.ops().DetachView(view));
    ASSERT_OK(machine.ops().Unmount(machine.directory));
    ASSERT_OK(machine.ops().RemoveDirectory(machine.directory, Remains::kAll));
    EXPECT_EQ(descriptors(), before);
  });
}

// A machine of its own: its process 1 stands for the host's.
void RunWithOwnProcessOne(const std::function<void()>& body) {
  RunInMountNamespace([&body] {
    ASSERT_EQ(::unshare(CLONE_NEWPID), 0);
    RunInChild([&body] {
      ASSERT_EQ(::getpid(), 1);
      ASSERT_EQ(::mount("proc", "/proc", "proc", 0, nullptr), 0);
      body();
    });
  });
}

TEST(LinuxMountOps, WorksInTheMountNamespaceOfTheHost) {
  RunWithOwnProcessOne([] {
    EXPECT_TRUE(SharesHostMountNamespace());
    LinuxHost host;
    const HostDirectory directory{host.root() + "/c", std::string(64, 'a'), {}};
    const std::string view = host.views() + "/v";
    RunInMountNamespace([&] {
      EXPECT_FALSE(SharesHostMountNamespace());
      Result<std::unique_ptr<MountOps>> ops = CreateLinuxMountOps(true);
      ASSERT_OK(ops);
      ASSERT_OK((*ops)->MakeDirectory(directory, Agree));
      ASSERT_OK((*ops)->Mount(directory, Options()));
      EXPECT_EQ(host.ops().Inspect(directory, Search::kEverywhere)->state, PathState::kOurs)
          << "not mounted here";
      ASSERT_OK((*ops)->AttachView(directory, view, {}));
      EXPECT_EQ(OpenErrno(view + "/file", O_WRONLY | O_CREAT), 0) << "views are attached here";
      ASSERT_OK((*ops)->DetachView(view));
    });
    EXPECT_EQ(host.ops().Inspect(directory, Search::kEverywhere)->state, PathState::kMounted);
    EXPECT_TRUE(host.Exists(directory.path + "/file"));
    RunInMountNamespace([&] {
      Result<std::unique_ptr<MountOps>> ops = CreateLinuxMountOps(true);
      ASSERT_OK(ops);
      ASSERT_OK((*ops)->Unmount(directory));
      ASSERT_OK((*ops)->RemoveDirectory(directory, Remains::kAll));
    });
    EXPECT_FALSE(host.Exists(directory.path));
  });
}

TEST(LinuxMountOps, FollowsNoLinkInTheMountNamespaceOfTheHostEither) {
  RunWithOwnProcessOne([] {
    LinuxHost host;
    host.AddDirectory(host.root() + "/victim");
    host.AddLink(host.root() + "/p", host.root() + "/victim");
    const std::string before = host.Dump();
    RunInMountNamespace([&] {
      Result<std::unique_ptr<MountOps>> ops = CreateLinuxMountOps(true);
      ASSERT_OK(ops);
      const HostDirectory directory{host.root() + "/p/c", std::string(64, 'a'), {}};
      EXPECT_THAT((*ops)->MakeDirectory(directory, Agree),
                  IsErrorWith(Code::kFailedPrecondition, "has become a symbolic link"));
      EXPECT_FALSE((*ops)->Mount(directory, Options()));
      EXPECT_FALSE((*ops)->RemoveDirectory(directory, Remains::kAll));
    });
    EXPECT_EQ(host.Dump(), before);
  });
}

TEST(LinuxMountOps, ResizeSaysWhatIsInUse) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(os::WriteFileAtomic(machine.Path("file"), std::string(3 * 4096, 'x'), 0644,
                                  os::Sync::kNone));
    TmpfsOptions options = Options();
    options.size = 2 * 4096;
    EXPECT_THAT(machine.ops().Resize(machine.directory, options),
                IsErrorWith(Code::kResourceExhausted, "holds 12K (12288 bytes)"));
    options.size = 3 * 4096;
    EXPECT_OK(machine.ops().Resize(machine.directory, options));
  });
}

TEST(LinuxMountOps, ResizeKeepsModeOwnerAttributesAndContents) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(os::WriteFileAtomic(machine.Path("file"), "x", 0644, os::Sync::kNone));
    ASSERT_EQ(::chmod(machine.directory.path.c_str(), 0700), 0);
    ASSERT_EQ(::chown(machine.directory.path.c_str(), 12, 34), 0);
    const auto attributes = [&] {
      struct statfs status = {};
      EXPECT_EQ(::statfs(machine.directory.path.c_str(), &status), 0);
      return status.f_flags;
    };
    const auto before = attributes();
    TmpfsOptions options = Options();
    options.size = 4 * kSize;
    ASSERT_OK(machine.ops().Resize(machine.directory, options));
    EXPECT_EQ(attributes(), before);
    struct stat status = {};
    ASSERT_EQ(::stat(machine.directory.path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0700u);
    EXPECT_EQ(status.st_uid, 12u);
    EXPECT_EQ(status.st_gid, 34u);
    EXPECT_EQ(*os::ReadFile(machine.Path("file")), "x");
  });
}

TEST(LinuxMountOps, MountsAgainWithMoreInodesInUseThanTheLimit) {
  RunInMountNamespace([] {
    TmpfsOptions options = Options();
    options.inodes = 300;
    Machine machine(options);
    for (int i = 0; i < 280; ++i) {
      ASSERT_OK(os::WriteFileAtomic(machine.Path(std::to_string(i)), "", 0644, os::Sync::kNone));
    }
    EXPECT_OK(machine.ops().Mount(machine.directory, Options()));
    EXPECT_EQ(machine.ops().Inspect(machine.directory, Search::kPathOnly)->inodes, 281u);
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
