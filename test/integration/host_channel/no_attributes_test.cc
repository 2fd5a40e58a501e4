// File systems that keep no trusted attributes, shown by denying the calls to the process.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include "linux_host.h"
#include "support/mount_namespace.h"
#include "support/result_matchers.h"

namespace isulad::host_channel::test {
namespace {

using isulad::test::IsErrorWith;
using isulad::test::RunInMountNamespace;
using testing::SizeIs;

sock_filter DenyWith(int system_errno) {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(system_errno));
}

sock_filter SkipNextUnless(long call) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1);
}

// From now on the calls fail with EOPNOTSUPP in this process.
void Deny(const std::vector<long>& calls) {
  std::vector<sock_filter> filter = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const long call : calls) {
    filter.push_back(SkipNextUnless(call));
    filter.push_back(DenyWith(EOPNOTSUPP));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program = {static_cast<unsigned short>(filter.size()), filter.data()};
  ASSERT_EQ(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  ASSERT_EQ(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

const std::vector<long> kAttributeCalls = {SYS_setxattr, SYS_fsetxattr, SYS_getxattr,
                                           SYS_fgetxattr};

// Makes the directory and keeps what was announced of it.
Result<HostDirectory> Make(MountOps& ops, const std::string& path) {
  HostDirectory directory{path, std::string(64, 'a'), {}};
  const HostDirectory asked = directory;
  RETURN_IF_ERROR(ops.MakeDirectory(asked, [&](const std::vector<std::string>& identities) {
    directory.identities = identities;
    return OkStatus();
  }));
  return directory;
}

TEST(WithoutAttributes, KnowsDirectoriesByTheirIdentities) {
  RunInMountNamespace([] {
    LinuxHost host;
    Deny(kAttributeCalls);
    const Result<HostDirectory> directory = Make(host.ops(), host.root() + "/p/c");
    ASSERT_OK(directory);
    EXPECT_THAT(directory->identities, SizeIs(2));
    EXPECT_EQ(host.ops().Inspect(*directory, Search::kPathOnly)->state, PathState::kOurs);
    EXPECT_OK(host.ops().RemoveDirectory(*directory, Remains::kAll));
    EXPECT_FALSE(host.Exists(host.root() + "/p"));
  });
}

TEST(WithoutAttributes, TellsDirectoryFromOneMadeInItsPlace) {
  RunInMountNamespace([] {
    LinuxHost host;
    Deny(kAttributeCalls);
    const Result<HostDirectory> directory = Make(host.ops(), host.root() + "/c");
    ASSERT_OK(directory);
    // The same inode number, most likely.
    host.RemovePath(directory->path);
    host.AddDirectory(directory->path);
    EXPECT_EQ(host.ops().Inspect(*directory, Search::kPathOnly)->state, PathState::kForeign);
    EXPECT_FALSE(host.ops().RemoveDirectory(*directory, Remains::kAll));
    EXPECT_TRUE(host.Exists(directory->path));
  });
}

TEST(WithoutAttributes, DoesNotTakeAnUnrecordedDirectoryForItsOwn) {
  RunInMountNamespace([] {
    LinuxHost host;
    Deny(kAttributeCalls);
    Result<HostDirectory> directory = Make(host.ops(), host.root() + "/c");
    ASSERT_OK(directory);
    directory->identities.clear();
    EXPECT_EQ(host.ops().Inspect(*directory, Search::kPathOnly)->state, PathState::kForeign);
  });
}

TEST(WithoutAttributes, RefusesWhereThereAreNoFileHandlesEither) {
  RunInMountNamespace([] {
    LinuxHost host;
    std::vector<long> calls = kAttributeCalls;
    calls.push_back(SYS_name_to_handle_at);
    Deny(calls);
    EXPECT_THAT(Make(host.ops(), host.root() + "/p/c"),
                IsErrorWith(Code::kUnimplemented, "neither trusted attributes nor file handles"));
    EXPECT_FALSE(host.Exists(host.root() + "/p"));
    EXPECT_FALSE(host.Exists(host.root() + "/.isulad-" + std::string(64, 'a')));
  });
}

}  // namespace
}  // namespace isulad::host_channel::test
