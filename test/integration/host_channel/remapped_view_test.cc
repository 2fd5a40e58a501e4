// Views whose ids are mapped, as a container in a user namespace gets them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "daemon/modules/spec/host_channel/mount_view.h"
#include "linux_host.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"
#include "utils/os/file.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::RunInMountNamespace;

// A channel that is mounted.
class Machine {
 public:
  Machine() {
    TmpfsOptions options;
    options.size = 1u << 20;
    options.inodes = 256;
    const auto agree = [](const std::vector<std::string>&) { return OkStatus(); };
    EXPECT_OK(ops().MakeDirectory(directory, agree));
    EXPECT_OK(ops().Mount(directory, options));
  }

  MountOps& ops() { return host.ops(); }
  std::string Path(const std::string& name) const { return directory.path + "/" + name; }

  LinuxHost host;
  HostDirectory directory{host.root() + "/c", std::string(64, 'a'), {}};
};

struct stat StatOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

int OpenErrno(const std::string& path, int flags) {
  const Result<os::UniqueFd> fd = os::Open(path, flags, 0644);
  return fd ? 0 : fd.error().system_errno();
}

constexpr UserRemap kRemap{100000, 200000, 65536};

void BecomeMappedRoot(uid_t uid, gid_t gid) {
  ASSERT_EQ(::setegid(gid), 0);
  ASSERT_EQ(::seteuid(uid), 0);
}

void BecomeRootAgain() {
  ASSERT_EQ(::seteuid(0), 0);
  ASSERT_EQ(::setegid(0), 0);
}

TEST(RemappedView, RemappedViewMakesTheContainersRootTheHosts) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string view = machine.host.views() + "/v";
    machine.host.AddFile(machine.Path("hosts"));
    ASSERT_OK_AND_ASSIGN(const View attached,
                         machine.ops().AttachView(machine.directory, view, {false, kRemap}));
    if (!attached.maps_ids) {
      GTEST_SKIP() << "this kernel cannot map ids on a tmpfs";
    }
    EXPECT_EQ(StatOf(view).st_uid, kRemap.uid);
    EXPECT_EQ(StatOf(view).st_gid, kRemap.gid);
    EXPECT_EQ(StatOf(view + "/hosts").st_uid, kRemap.uid);
    // The runtime gets there by a descriptor of the host's root; so does this.
    const os::UniqueFd there = *os::Open(view, O_PATH | O_DIRECTORY);
    BecomeMappedRoot(kRemap.uid, kRemap.gid);
    EXPECT_OK(os::OpenAt(there.get(), "inside", O_WRONLY | O_CREAT, 0644));
    BecomeRootAgain();
    EXPECT_EQ(StatOf(machine.Path("inside")).st_uid, 0u);
    EXPECT_EQ(StatOf(machine.Path("inside")).st_gid, 0u);
    EXPECT_EQ(StatOf(machine.directory.path).st_mode & 07777, 01777u);
    EXPECT_EQ(StatOf(machine.directory.path).st_uid, 0u);
    ASSERT_OK(machine.ops().DetachView(view));
  });
}

TEST(RemappedView, ReadOnlyRemappedViewIsReadOnly) {
  RunInMountNamespace([] {
    Machine machine;
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(machine.ops().AttachView(machine.directory, view, {true, kRemap}));
    EXPECT_EQ(OpenErrno(view + "/file", O_WRONLY | O_CREAT), EROFS);
    ASSERT_OK(machine.ops().DetachView(view));
  });
}

TEST(RemappedView, ViewIsThereWithoutMappedIdsWhereTheKernelCannot) {
  RunInMountNamespace([] {
    Machine machine;
    // The kernel says EINVAL to the initial namespace, as it does where it cannot map a tmpfs.
    const os::UniqueFd initial = *os::Open("/proc/self/ns/user", O_RDONLY);
    ASSERT_OK_AND_ASSIGN(const Clone clone, CloneChannel(machine.directory, false, initial.get()));
    EXPECT_FALSE(clone.view.maps_ids);
    const std::string view = machine.host.views() + "/v";
    ASSERT_OK(AttachAt(view, clone.mount));
    const os::UniqueFd there = *os::Open(view, O_PATH | O_DIRECTORY);
    BecomeMappedRoot(kRemap.uid, kRemap.gid);
    EXPECT_OK(os::OpenAt(there.get(), "inside", O_WRONLY | O_CREAT, 0644));
    BecomeRootAgain();
    EXPECT_EQ(StatOf(machine.Path("inside")).st_uid, kRemap.uid);
    ASSERT_OK(machine.ops().DetachView(view));
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
