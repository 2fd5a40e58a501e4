// What a container that was built by the spec module is like from inside, under each real runtime.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "integration/spec/container.h"
#include "support/from_text.h"
#include "support/result_matchers.h"
#include "utils/base/strings.h"
#include "utils/os/file.h"

namespace isulad::spec {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class RuntimeConfigTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    auto container = Container::Create(GetParam());
    if (!container && container.error().code() == Code::kNotFound) {
      GTEST_SKIP() << container.error().message();
    }
    ASSERT_OK(container);
    container_ = *std::move(container);
  }

  std::string Run(const std::string& script) {
    Result<std::string> output = container_->Run(script);
    EXPECT_OK(output);
    return output.value_or("");
  }

  // The text of a file in the container's cgroup: `v1` names controller and file, `v2` the file.
  std::string CgroupFile(const std::string& v1, const std::string& v2) {
    const bool unified = container_->cgroups().layout() == cgroup::Layout::kV2;
    const std::string controller = v1.substr(0, v1.find('.'));
    const std::string& path = container_->input.cgroup_path;
    const auto text = os::ReadFile(unified ? "/sys/fs/cgroup" + path + "/" + v2
                                           : "/sys/fs/cgroup/" + controller + path + "/" + v1);
    EXPECT_OK(text);
    return std::string(Trim(text.value_or("")));
  }

  std::unique_ptr<Container> container_;
};

TEST_P(RuntimeConfigTest, GivesRootTheDefaultCapabilitiesOnly) {
  const std::string status = Run("cat /proc/self/status");
  // The 14 of DefaultCapabilities().
  EXPECT_THAT(status, HasSubstr("CapEff:\t00000000a80425fb"));
  EXPECT_THAT(status, HasSubstr("CapPrm:\t00000000a80425fb"));
  EXPECT_THAT(status, HasSubstr("CapBnd:\t00000000a80425fb"));
  EXPECT_THAT(status, HasSubstr("CapInh:\t0000000000000000"));
  EXPECT_THAT(status, HasSubstr("CapAmb:\t0000000000000000"));
  EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t0"));
}

TEST_P(RuntimeConfigTest, AppliesTheSeccompProfile) {
  const std::string output =
      Run("grep Seccomp: /proc/self/status; unshare -U true; umount /dev/shm; echo status $?; "
          "hostname other; echo status $?");
  EXPECT_THAT(output, HasSubstr("Seccomp:\t2"));
  // A new user namespace needs no capability: only the profile stands in its way.
  EXPECT_THAT(output, HasSubstr("unshare"));
  EXPECT_THAT(output, HasSubstr("Operation not permitted"));
  EXPECT_THAT(output, Not(HasSubstr("status 0")));
}

TEST_P(RuntimeConfigTest, BringsLoopbackUpInAnOwnNetwork) {
  const std::string output = Run("ip -o addr; ip link show lo; echo; ls /sys/class/net");
  EXPECT_THAT(output, HasSubstr("127.0.0.1/8"));
  EXPECT_THAT(output, ContainsRegex("lo: <LOOPBACK,UP,LOWER_UP>"));
  EXPECT_THAT(output, HasSubstr("\nlo\n"));
}

TEST_P(RuntimeConfigTest, SetsHostnameUserDirectoryAndEnvironment) {
  container_->input.process.add_env("A=1");
  container_->input.process.add_env("PATH=/bin");
  container_->input.process.set_workdir("/etc");
  const std::string output = Run("hostname; id; pwd; env");
  EXPECT_THAT(output, HasSubstr("test-host\n"));
  EXPECT_THAT(output, HasSubstr("uid=0 gid=0"));
  EXPECT_THAT(output, HasSubstr("\n/etc\n"));
  EXPECT_THAT(output, HasSubstr("A=1\n"));
  EXPECT_THAT(output, HasSubstr("PATH=/bin\n"));
  EXPECT_THAT(output, HasSubstr("HOME=/root\n"));
  EXPECT_THAT(output, HasSubstr("HOSTNAME=test-host\n"));
  EXPECT_THAT(output, Not(HasSubstr("container=")));
}

TEST_P(RuntimeConfigTest, GivesOtherUsersNoCapabilities) {
  container_->input.identity = {1000, 1001, {1002, 1003}, "/home/user"};
  const std::string output = Run("id; cat /proc/self/status");
  EXPECT_THAT(output, HasSubstr("uid=1000 gid=1001 groups="));
  EXPECT_THAT(output, AllOf(HasSubstr("1002"), HasSubstr("1003")));
  EXPECT_THAT(output, HasSubstr("CapEff:\t0000000000000000"));
  EXPECT_THAT(output, HasSubstr("CapPrm:\t0000000000000000"));
  EXPECT_THAT(output, HasSubstr("CapBnd:\t00000000a80425fb"));
}

TEST_P(RuntimeConfigTest, MountsTheUsualFileSystems) {
  const std::string mounts = Run("cat /proc/mounts");
  EXPECT_THAT(mounts, ContainsRegex("proc /proc proc rw,nosuid,nodev,noexec"));
  EXPECT_THAT(mounts, ContainsRegex("tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755"));
  EXPECT_THAT(mounts, ContainsRegex("devpts /dev/pts devpts rw,nosuid,noexec"));
  EXPECT_THAT(mounts, ContainsRegex("shm /dev/shm tmpfs rw,nosuid,nodev,noexec.*size=65536k"));
  EXPECT_THAT(mounts, ContainsRegex("mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec"));
  EXPECT_THAT(mounts, ContainsRegex("sysfs /sys sysfs ro,nosuid,nodev,noexec"));
  EXPECT_THAT(mounts, ContainsRegex(" /sys/fs/cgroup[^ ]* [^ ]+ ro,nosuid,nodev,noexec"));
  EXPECT_THAT(mounts, Not(ContainsRegex(" /sys/fs/cgroup/[^ ]+ cgroup2? rw,")));
  EXPECT_THAT(mounts, Not(HasSubstr(" /tmp ")));
}

TEST_P(RuntimeConfigTest, HidesAndProtectsPathsOfTheMachine) {
  // Not every kernel has all of them.
  const std::string output = Run(
      "for f in kcore keys timer_list interrupts; do cat /proc/$f 2>/dev/null; done; "
      "ls -A /sys/firmware /proc/acpi /proc/scsi 2>/dev/null | grep -v -e : -e '^$'; echo masked; "
      "touch /proc/sys/kernel/hostname; "
      "if [ -e /proc/sysrq-trigger ]; then echo h > /proc/sysrq-trigger && echo hit; fi; echo end");
  EXPECT_THAT(output, ::testing::StartsWith("masked\n"));
  EXPECT_THAT(output, HasSubstr("/proc/sys/kernel/hostname: Read-only file system"));
  EXPECT_THAT(output, Not(HasSubstr("hit")));
  EXPECT_THAT(output, HasSubstr("end\n"));
}

TEST_P(RuntimeConfigTest, LetsTheUsualDevicesThroughAndNoOthers) {
  const std::string output = Run(
      "echo x > /dev/null && head -c 1 /dev/zero > /dev/full; head -c 1 /dev/urandom > /dev/null "
      "&& echo usual; busybox mknod /loop-control c 10 237 && cat /loop-control; "
      "busybox mknod /kmsg c 1 11 && head -c 1 /kmsg");
  EXPECT_THAT(output, HasSubstr("usual\n"));
  EXPECT_THAT(output, HasSubstr("'/loop-control': Operation not permitted"));
  EXPECT_THAT(output, HasSubstr("/kmsg: Operation not permitted"));
}

TEST_P(RuntimeConfigTest, BindsVolumesFilesAndChannelsParentsFirst) {
  namespace fs = std::filesystem;
  for (const char* name : {"outer", "inner", "channel"}) {
    fs::create_directory(container_->Sub(name));
    std::ofstream(container_->Sub(name) + "/name") << name;
  }
  fs::create_directories(container_->Sub("outer") + "/in");
  std::ofstream(container_->Sub("hosts")) << "generated\n";
  Input& input = container_->input;
  input.binds = {{container_->Sub("inner"), "/vol/in", true, "rprivate"},
                 {container_->Sub("outer"), "/vol", false, "rslave"}};
  input.generated_files = {{container_->Sub("hosts"), "/etc/hosts"}};
  input.channels = {{container_->Sub("channel"),
                     "/channel",
                     {"bind", "rprivate", "nosuid", "nodev", "noexec", "rw"}}};
  const std::string output =
      Run("cat /vol/name /vol/in/name /channel/name /etc/hosts; touch /vol/made /channel/made; "
          "touch /vol/in/made; grep -E ' /channel ' /proc/mounts");
  EXPECT_THAT(output, HasSubstr("outerinnerchannelgenerated\n"));
  EXPECT_THAT(output, HasSubstr("/vol/in/made: Read-only file system"));
  EXPECT_THAT(output, ContainsRegex(" /channel [a-z0-9]+ rw,nosuid,nodev,noexec"));
  EXPECT_TRUE(fs::exists(container_->Sub("outer") + "/made"));
  EXPECT_TRUE(fs::exists(container_->Sub("channel") + "/made"));
}

TEST_P(RuntimeConfigTest, LimitsMemorySwapProcessorsAndProcesses) {
  const bool swap = container_->cgroups().SwapAccounting();
  container_->input.swap_accounting = swap;
  container_->input.limits = test::FromText<ResourceLimits>(
      "memory: 67108864 memory_swap: 100663296 nano_cpus: 500000000 pids_limit: 50");
  ASSERT_OK(container_->Start("echo ready; read line"));
  ASSERT_OK(container_->WaitUntilReady());
  ASSERT_OK_AND_ASSIGN(const cgroup::MemoryState state,
                       container_->cgroups().Memory(container_->input.cgroup_path));
  EXPECT_EQ(state.limit, 64u << 20);
  if (swap) {
    const bool unified = container_->cgroups().layout() == cgroup::Layout::kV2;
    EXPECT_EQ(CgroupFile("memory.memsw.limit_in_bytes", "memory.swap.max"),
              std::to_string((unified ? 32 : 96) << 20));
  }
  EXPECT_EQ(CgroupFile("pids.max", "pids.max"), "50");
  EXPECT_THAT(CgroupFile("cpu.cfs_quota_us", "cpu.max"), ::testing::StartsWith("50000"));
}

TEST_P(RuntimeConfigTest, LeavesWhatWasNotAskedForUnlimited) {
  container_->input.limits.set_memory(64 << 20);
  container_->input.limits.set_pids_limit(-1);
  ASSERT_OK(container_->Start("echo ready; read line"));
  ASSERT_OK(container_->WaitUntilReady());
  EXPECT_EQ(CgroupFile("pids.max", "pids.max"), "max");
  if (container_->cgroups().SwapAccounting() &&
      container_->cgroups().layout() != cgroup::Layout::kV2) {
    EXPECT_GT(CgroupFile("memory.memsw.limit_in_bytes", "").size(), 15u);
  }
}

TEST_P(RuntimeConfigTest, MakesASystemContainerFitForAnInit) {
  container_->input.system_container = true;
  const std::string output = Run(
      "cat /proc/mounts /proc/self/status; env; touch /run/lock/x /tmp/x && echo writable; "
      "for d in /sys/fs/cgroup /sys/fs/cgroup/systemd; do mkdir $d/child 2>/dev/null && echo made; "
      "done");
  EXPECT_THAT(output, ContainsRegex(" /run tmpfs rw,nosuid,nodev"));
  EXPECT_THAT(output, ContainsRegex(" /run/lock tmpfs rw,nosuid,nodev,noexec"));
  EXPECT_THAT(output, ContainsRegex(" /tmp tmpfs rw,nosuid,nodev"));
  EXPECT_THAT(output, ContainsRegex(" /sys/fs/cgroup[^ ]* cgroup2? rw,"));
  EXPECT_THAT(output, HasSubstr("made\n"));
  EXPECT_THAT(output, HasSubstr("container=oci\n"));
  EXPECT_THAT(output, HasSubstr("writable\n"));
  // CAP_SYS_BOOT in addition.
  EXPECT_THAT(output, HasSubstr("CapEff:\t00000000a84425fb"));
}

TEST_P(RuntimeConfigTest, LetsASystemContainerRebootItself) {
  container_->input.system_container = true;
  EXPECT_THAT(Run("echo before; reboot -f; sleep 1; echo after"),
              AllOf(HasSubstr("before"), Not(HasSubstr("after"))));
}

TEST_P(RuntimeConfigTest, DoesNotLetOthersReboot) {
  EXPECT_THAT(Run("reboot -f; echo after"), HasSubstr("after"));
}

TEST_P(RuntimeConfigTest, BindsExecAsItBindsTheContainer) {
  container_->input.process.add_env("A=1");
  ASSERT_OK(container_->Start("echo ready; read line"));
  ASSERT_OK(container_->WaitUntilReady());
  ASSERT_OK_AND_ASSIGN(const std::string output,
                       container_->Exec("cat /proc/self/status; env; hostname; "
                                        "unshare -U true || echo refused"));
  EXPECT_THAT(output, HasSubstr("Seccomp:\t2"));
  EXPECT_THAT(output, HasSubstr("CapEff:\t00000000a80425fb"));
  EXPECT_THAT(output, HasSubstr("CapInh:\t0000000000000000"));
  EXPECT_THAT(output, HasSubstr("A=1\n"));
  EXPECT_THAT(output, HasSubstr("test-host\n"));
  EXPECT_THAT(output, HasSubstr("refused\n"));
}

TEST_P(RuntimeConfigTest, ExplainsWhyACommandCannotRun) {
  container_->input.rootfs = container_->Sub("missing");
  const Status status = container_->Start("true");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message(), HasSubstr("no such file or directory"));
}

TEST_P(RuntimeConfigTest, DeletesWhatRunsAndWhatIsGone) {
  ASSERT_OK(container_->Start("echo ready; read line"));
  ASSERT_OK(container_->WaitUntilReady());
  EXPECT_OK(container_->runtime().Delete(container_->input.id));
  EXPECT_THAT(container_->cgroups().Memory(container_->input.cgroup_path),
              test::IsErrorWith(Code::kNotFound, ""));
  EXPECT_OK(container_->runtime().Delete(container_->input.id));
}

TEST_P(RuntimeConfigTest, KeepsAReadOnlyRootfs) {
  container_->input.rootfs_read_only = true;
  for (const char* path : {"/proc", "/sys", "/dev"}) {
    std::filesystem::create_directory(container_->RootfsPath(path));
  }
  EXPECT_THAT(Run("touch /file; touch /dev/shm/file && echo shm"),
              AllOf(HasSubstr("/file: Read-only file system"), HasSubstr("shm\n")));
}

TEST_P(RuntimeConfigTest, MountPointsAreAllThatTheRuntimeWouldMake) {
  namespace fs = std::filesystem;
  container_->input.process.set_workdir("/srv/dir");
  container_->input.generated_files = {{"/etc/hostname", "/etc/hostname"}};
  ASSERT_OK_AND_ASSIGN(const std::vector<MountPoint> points, MountPointsOf(container_->input));
  for (const MountPoint& point : points) {
    const fs::path path = container_->RootfsPath(point.target);
    fs::create_directories(point.is_file ? path.parent_path() : path);
    if (point.is_file) {
      std::ofstream(path).flush();
    }
  }
  std::vector<std::string> before;
  for (const auto& entry : fs::recursive_directory_iterator(container_->RootfsPath(""))) {
    before.push_back(entry.path());
  }
  Run("true");
  std::vector<std::string> after;
  for (const auto& entry : fs::recursive_directory_iterator(container_->RootfsPath(""))) {
    after.push_back(entry.path());
  }
  EXPECT_THAT(after, ::testing::UnorderedElementsAreArray(before));
}

std::string RuntimeName(const ::testing::TestParamInfo<const char*>& info) { return info.param; }

INSTANTIATE_TEST_SUITE_P(Real, RuntimeConfigTest, ::testing::Values("crun", "runc"), RuntimeName);

}  // namespace
}  // namespace isulad::spec
