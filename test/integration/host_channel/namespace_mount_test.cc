// Mounts of a channel in a mount namespace that runs: with a root of its own, without /proc, and
// with somebody in it who does not wish us well.
#include "daemon/modules/spec/host_channel/namespace_mount.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <memory>
#include <string>

#include "linux_host.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"
#include "utils/os/process.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using isulad::test::RunInMountNamespace;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A process that waits for its end after `prepare`, which says whether it could.
class Waiting {
 public:
  explicit Waiting(const std::function<bool()>& prepare) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      const char ready = prepare() ? 'y' : 'n';
      (void)!::write(ends[1], &ready, 1);
      for (;;) {
        ::pause();
      }
    }
    char ready = 'n';
    EXPECT_EQ(::read(ends[0], &ready, 1), 1);
    EXPECT_EQ(ready, 'y');
    ::close(ends[0]);
    ::close(ends[1]);
    start_time_ = *os::StartTime(pid_);
  }
  ~Waiting() { End(); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  void End() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
      pid_ = -1;
    }
  }
  pid_t pid() const { return pid_; }
  ProcessId id() const { return {pid_, start_time_}; }

 private:
  pid_t pid_ = -1;
  uint64_t start_time_ = 0;
};

bool PivotTo(const std::string& root) {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount(root.c_str(), root.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
         ::chdir(root.c_str()) == 0 && ::syscall(SYS_pivot_root, ".", ".") == 0 &&
         ::umount2(".", MNT_DETACH) == 0 && ::chdir("/") == 0;
}

// A mounted channel with a view of it, and a container.
class Machine {
 public:
  explicit Machine(const ViewWish& wish = {}, const std::function<bool()>& more = {}) {
    for (const char* name : {"", "/c", "/d", "/d/e"}) {
      host_.AddDirectory(Rootfs(name));
    }
    TmpfsOptions options;
    options.size = 1u << 20;
    options.inodes = 256;
    const auto agree = [](const std::vector<std::string>&) { return OkStatus(); };
    EXPECT_OK(host_.ops().MakeDirectory(directory_, agree));
    EXPECT_OK(host_.ops().Mount(directory_, options));
    EXPECT_OK(host_.ops().AttachView(directory_, View(), wish));
    container_ =
        std::make_unique<Waiting>([&] { return PivotTo(Rootfs("")) && (!more || more()); });
  }
  ~Machine() {
    container_.reset();
    IgnoreError(host_.ops().DetachView(View()));
  }

  std::string View() const { return host_.views() + "/v"; }
  std::string Rootfs(const std::string& path) const { return host_.root() + "/rootfs" + path; }
  std::string OnHost(const std::string& name) const { return directory_.path + "/" + name; }
  std::string Inside(const std::string& path) const {
    return "/proc/" + std::to_string(container_->pid()) + "/root" + path;
  }
  MountEntry Entry(const std::string& path, Access access = Access::kReadWrite) const {
    return MakeMountEntry({directory_.path, path, access, 4096, {}}, View());
  }
  NamespaceMounts Mounts() { return *NamespaceMounts::Open(container_->id()); }
  Status Attach(const std::string& path) {
    return Mounts().Attach(Entry(path), [] { return OkStatus(); });
  }
  const std::string& channel_id() const { return directory_.channel_id; }
  Waiting& container() { return *container_; }
  LinuxHost& host() { return host_; }

 private:
  LinuxHost host_;
  const HostDirectory directory_{host_.root() + "/channel", std::string(64, 'a'), {}};
  std::unique_ptr<Waiting> container_;
};

unsigned long FlagsOf(const std::string& path) {
  struct statvfs status = {};
  EXPECT_EQ(::statvfs(path.c_str(), &status), 0);
  return status.f_flag;
}

Status Write(const std::string& path) {
  return os::WriteFileAtomic(path, "text", 0644, os::Sync::kNone);
}

TEST(NamespaceMount, NamespaceMountIsSeenInsideAndGoes) {
  RunInMountNamespace([] {
    Machine machine;
    EXPECT_FALSE(*machine.Mounts().Has(machine.channel_id()));
    ASSERT_OK(machine.Attach("/c"));
    EXPECT_TRUE(*machine.Mounts().Has(machine.channel_id()));
    ASSERT_OK(Write(machine.Inside("/c/inside")));
    ASSERT_OK(Write(machine.OnHost("host")));
    EXPECT_TRUE(os::PathExists(machine.OnHost("inside")));
    EXPECT_TRUE(os::PathExists(machine.Inside("/c/host")));
    EXPECT_FALSE(os::PathExists(machine.Rootfs("/c/host"))) << "in the container alone";
    EXPECT_EQ(FlagsOf(machine.Inside("/c")) & (ST_NOSUID | ST_NODEV | ST_NOEXEC | ST_RDONLY),
              0ul + ST_NOSUID + ST_NODEV + ST_NOEXEC);
    const auto detached = machine.Mounts().Detach(machine.channel_id());
    ASSERT_OK(detached);
    EXPECT_THAT(detached->paths, ElementsAre("/c"));
    EXPECT_FALSE(detached->busy);
    EXPECT_FALSE(os::PathExists(machine.Inside("/c/host")));
    EXPECT_TRUE(os::PathExists(machine.OnHost("host")));
    EXPECT_THAT(machine.Mounts().Detach(machine.channel_id())->paths, IsEmpty());
  });
}

TEST(NamespaceMount, NamespaceMountIsReadOnlyWhereAsked) {
  RunInMountNamespace([] {
    Machine machine({true, {}});
    ASSERT_OK(machine.Mounts().Attach(machine.Entry("/d/e", Access::kReadOnly),
                                      [] { return OkStatus(); }));
    EXPECT_NE(FlagsOf(machine.Inside("/d/e")) & ST_RDONLY, 0u);
    EXPECT_FALSE(Write(machine.Inside("/d/e/file")));
    ASSERT_OK(Write(machine.OnHost("file")));
  });
}

TEST(NamespaceMount, NamespaceMountShowsMappedIds) {
  RunInMountNamespace([] {
    Machine machine({false, UserRemap{100000, 200000, 65536}});
    ASSERT_OK(machine.Attach("/c"));
    ASSERT_OK(Write(machine.OnHost("file")));
    struct stat status = {};
    ASSERT_EQ(::stat(machine.Inside("/c/file").c_str(), &status), 0);
    EXPECT_TRUE(status.st_uid == 100000u || status.st_uid == 0u);  // 0: before Linux 6.3
  });
}

TEST(NamespaceMount, NamespaceMountDoesNotGoByTheProcessesOwnRoot) {
  RunInMountNamespace([] {
    Machine machine({}, [] { return ::chroot("/d") == 0; });
    EXPECT_THAT(machine.Attach("/e"), IsErrorWith(Code::kNotFound, "e"));
    ASSERT_OK(machine.Attach("/d/e"));
    ASSERT_OK(Write(machine.OnHost("file")));
    EXPECT_TRUE(os::PathExists(machine.Inside("/e/file")));
    EXPECT_THAT(machine.Mounts().Detach(machine.channel_id())->paths, ElementsAre("/d/e"));
  });
}

TEST(NamespaceMount, NamespaceMountIsRefusedWhereTheWayIsNotPlain) {
  RunInMountNamespace([] {
    Machine machine({}, [] {
      return ::symlink("/d", "/link") == 0 && ::symlink("/etc", "/out") == 0 &&
             ::symlink("../../../../../..", "/up") == 0 && ::close(::creat("/file", 0644)) == 0 &&
             ::mount("none", "/d/e", "tmpfs", 0, nullptr) == 0;
    });
    const std::string before = machine.host().Dump();
    const std::pair<const char*, const char*> cases[] = {
        {"/link", "\"/link\" is a symbolic link"},
        {"/link/e", "\"/link\" is a symbolic link"},
        {"/out", "\"/out\" is a symbolic link"},
        {"/up/etc", "\"/up\" is a symbolic link"},
        {"/file", "\"/file\" is not a directory"},
        {"/file/x", "\"/file\" is not a directory"},
        {"/d", "another mount of the container stands at \"/d/e\""},
    };
    for (const auto& [path, reason] : cases) {
      EXPECT_THAT(machine.Attach(path), IsErrorWith(Code::kFailedPrecondition, reason)) << path;
    }
    EXPECT_THAT(machine.Attach("/nosuch"), IsErrorWith(Code::kNotFound, "nosuch"));
    EXPECT_FALSE(*machine.Mounts().Has(machine.channel_id()));
    EXPECT_EQ(machine.host().Dump(), before);
    ASSERT_OK(machine.Attach("/c"));
    ASSERT_EQ(::mkdir(machine.OnHost("x").c_str(), 0755), 0);
    EXPECT_THAT(machine.Attach("/c/x"),
                IsErrorWith(Code::kFailedPrecondition, "lies in another host channel"));
  });
}

TEST(NamespaceMount, NamespaceMountIsRefusedWhereAMountPointBecomesALink) {
  RunInMountNamespace([] {
    Machine machine;
    const auto swap = [&]() -> Status {
      EXPECT_EQ(::rename(machine.Rootfs("/c").c_str(), machine.Rootfs("/away").c_str()), 0);
      EXPECT_EQ(::symlink("/d", machine.Rootfs("/c").c_str()), 0);
      return OkStatus();
    };
    EXPECT_THAT(machine.Mounts().Attach(machine.Entry("/c"), swap),
                IsErrorWith(Code::kFailedPrecondition, "symbolic link"));
    EXPECT_FALSE(*machine.Mounts().Has(machine.channel_id()));
  });
}

TEST(NamespaceMount, NamespaceMountThatIsBusyIsDetachedAndItsHoldersAreNamed) {
  RunInMountNamespace([] {
    Machine machine;
    ASSERT_OK(machine.Attach("/c"));
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd ours, os::Open(machine.OnHost("."), O_RDONLY));
    const std::string path = "/proc/" + std::to_string(machine.container().pid()) + "/ns/mnt";
    Waiting holder([&] {
      const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
      // Apart from the thread that a sanitizer has: the kernel moves no two at once.
      return ::unshare(CLONE_FS) == 0 && ::setns(fd, CLONE_NEWNS) == 0 && ::chdir("/c") == 0;
    });
    const auto detached = machine.Mounts().Detach(machine.channel_id());
    ASSERT_OK(detached);
    EXPECT_TRUE(detached->busy);
    EXPECT_THAT(detached->holders,
                ElementsAre(HasSubstr("(pid " + std::to_string(holder.pid()) + ")")));
    EXPECT_FALSE(*machine.Mounts().Has(machine.channel_id()));
  });
}

TEST(NamespaceMount, NamespaceMountNeedsTheVeryProcess) {
  RunInMountNamespace([] {
    Machine machine;
    ProcessId other = machine.container().id();
    other.start_time += 1;
    EXPECT_THAT(NamespaceMounts::Open(other), IsErrorWith(Code::kUnavailable, "has ended"));
    const ProcessId id = machine.container().id();
    machine.container().End();
    EXPECT_THAT(NamespaceMounts::Open(id), IsErrorWith(Code::kUnavailable, "has ended"));
  });
}

bool MountMemory() { return ::mount("shm", "/d", "tmpfs", MS_NODEV, nullptr) == 0; }

TEST(NamespaceClone, IsTheSameFileSystemWithoutProgramsAndDevices) {
  RunInMountNamespace([] {
    Machine machine({}, MountMemory);
    ASSERT_OK(Write(machine.Inside("/d/file")));
    ASSERT_OK_AND_ASSIGN(const os::UniqueFd clone, machine.Mounts().Clone("d"));
    const std::string path = "/proc/self/fd/" + std::to_string(clone.get());
    EXPECT_EQ(os::ReadFile(path + "/file").value_or(""), "text");
    constexpr unsigned long kTaken = ST_NOSUID | ST_NODEV | ST_NOEXEC;
    EXPECT_EQ(FlagsOf(path) & kTaken, kTaken);
    EXPECT_EQ(FlagsOf(machine.Inside("/d")) & kTaken, static_cast<unsigned long>(ST_NODEV));
    machine.container().End();
    EXPECT_EQ(os::ReadFile(path + "/file").value_or(""), "text");
  });
}

TEST(NamespaceClone, GoesNoWayThroughLinks) {
  RunInMountNamespace([] {
    Machine machine({}, [] { return MountMemory() && ::symlink("/d", "/link") == 0; });
    EXPECT_FALSE(machine.Mounts().Clone("link"));
    EXPECT_FALSE(machine.Mounts().Clone("nosuch"));
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
