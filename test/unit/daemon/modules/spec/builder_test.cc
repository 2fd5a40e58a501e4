#include "daemon/modules/spec/builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json_path.h"
#include "support/from_text.h"
#include "support/result_matchers.h"
#include "utils/base/capabilities.h"

namespace isulad::spec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Input MinimalInput() {
  Input input;
  input.id = "id1";
  input.hostname = "host1";
  input.rootfs = "/srv/rootfs";
  input.process.add_args("sh");
  input.identity.home = "/root";
  input.cgroup_path = "/isulad/id1";
  input.available_capabilities = ~uint64_t{0};
  return input;
}

Output BuildOk(const Input& input) {
  Result<Output> output = Build(input);
  EXPECT_OK(output);
  return output ? *std::move(output) : Output{};
}

TEST(Build, FillsTheFrameOfTheDocument) {
  Input input = MinimalInput();
  input.rootfs_read_only = true;
  input.annotations = {{"a.b", "c"}};
  const json::Value config = BuildOk(input).config;
  EXPECT_EQ(At(config, "ociVersion"), json::Value("1.0.2"));
  EXPECT_EQ(At(config, "root/path"), json::Value("/srv/rootfs"));
  EXPECT_EQ(At(config, "root/readonly"), json::Value(true));
  EXPECT_EQ(At(config, "hostname"), json::Value("host1"));
  EXPECT_EQ(At(config, "linux/cgroupsPath"), json::Value("/isulad/id1"));
  EXPECT_EQ(At(config, "annotations/a.b"), json::Value("c"));
  EXPECT_THAT(*At(config, "linux/namespaces").AsArray(), SizeIs(6));
}

// "type" or "type=path" of each.
std::vector<std::string> Namespaces(const json::Value& config) {
  std::vector<std::string> result;
  const json::Value namespaces = At(config, "linux/namespaces");
  for (const json::Value& entry : *namespaces.AsArray()) {
    const json::Value path = At(entry, "path");
    result.push_back(*At(entry, "type").AsString() + (path.IsNull() ? "" : "=" + *path.AsString()));
  }
  return result;
}

TEST(Build, LeavesOutTheNamespacesOfTheHost) {
  Input input = MinimalInput();
  EXPECT_THAT(Namespaces(BuildOk(input).config),
              UnorderedElementsAre("pid", "network", "ipc", "uts", "mount", "cgroup"));
  input.namespaces.network = input.namespaces.ipc = input.namespaces.pid = {NamespaceMode::kHost};
  input.namespaces.uts = input.namespaces.cgroup = {NamespaceMode::kHost};
  const json::Value config = BuildOk(input).config;
  EXPECT_THAT(Namespaces(config), ElementsAre("mount"));
  EXPECT_TRUE(At(config, "hostname").IsNull());
  EXPECT_TRUE(At(config, "hooks").IsNull());
}

TEST(Build, JoinsTheNamespacesOfAContainer) {
  Input input = MinimalInput();
  input.hook_program = "/usr/bin/isulad-shim";
  input.namespaces.ipc = input.namespaces.pid = {NamespaceMode::kContainer, "id2"};
  input.namespace_paths = {{"ipc", "/proc/7/fd/8"}, {"pid", "/proc/7/fd/9"}};
  input.shared_memory = "/proc/7/fd/10";
  json::Value config = BuildOk(input).config;
  EXPECT_THAT(Namespaces(config),
              UnorderedElementsAre("pid=/proc/7/fd/9", "network", "ipc=/proc/7/fd/8", "uts",
                                   "mount", "cgroup"));
  EXPECT_EQ(At(config, "hostname"), json::Value("host1"));
  EXPECT_EQ(json::Serialize(At(config, "hooks")),
            R"({"createContainer":[{"path":"/usr/bin/isulad-shim","args":["isulad-shim",)"
            R"("--attach-mount","/proc/7/fd/10","/srv/rootfs","dev/shm"]}]})");
  // The user's own volume wins.
  input.binds = {{"/srv", "/dev/shm", false, "rprivate"}};
  EXPECT_TRUE(At(BuildOk(input).config, "hooks").IsNull());
}

TEST(Build, RefusesMissingCommand) {
  Input input = MinimalInput();
  input.process.clear_args();
  EXPECT_THAT(Build(input), test::IsErrorWith(Code::kInvalidArgument, "no command"));
}

TEST(Build, PutsDefaultsBeforeTheUsersEnvironment) {
  Input input = MinimalInput();
  EXPECT_THAT(Strings(At(BuildOk(input).config, "process/env")),
              ElementsAre("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                          "HOSTNAME=host1", "HOME=/root"));
  input.process.set_terminal(true);
  input.system_container = true;
  for (const char* variable : {"PATH=/bin", "A=1", "TERM=vt100", "HOME=/here", "A=2"}) {
    input.process.add_env(variable);
  }
  EXPECT_THAT(Strings(At(BuildOk(input).config, "process/env")),
              ElementsAre("PATH=/bin", "HOSTNAME=host1", "TERM=vt100", "container=oci", "A=2",
                          "HOME=/here"));
}

TEST(Build, GivesATerminalItsSizeFromTheStart) {
  Input input = MinimalInput();
  input.console = {40, 132};
  EXPECT_TRUE(At(BuildOk(input).config, "process/consoleSize").IsNull());
  input.process.set_terminal(true);
  EXPECT_EQ(At(BuildOk(input).config, "process/consoleSize/height"), json::Value(40));
  EXPECT_EQ(At(BuildOk(input).config, "process/consoleSize/width"), json::Value(132));
}

TEST(Build, FillsTheProcess) {
  Input input = MinimalInput();
  input.process =
      test::FromText<ProcessConfig>(R"(args: "echo" args: "a b" workdir: "/work" terminal: true)");
  input.identity = {1000, 100, {29, 44}, "/home/user"};
  const json::Value config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/args")), ElementsAre("echo", "a b"));
  EXPECT_EQ(At(config, "process/cwd"), json::Value("/work"));
  EXPECT_EQ(At(config, "process/terminal"), json::Value(true));
  EXPECT_EQ(At(config, "process/user/uid"), json::Value(1000));
  EXPECT_EQ(At(config, "process/user/gid"), json::Value(100));
  EXPECT_EQ(At(config, "process/user/additionalGids"), json::Value(json::Array{29, 44}));
  EXPECT_EQ(At(config, "process/noNewPrivileges"), json::Value(false));
  EXPECT_EQ(At(BuildOk(MinimalInput()).config, "process/cwd"), json::Value("/"));
}

TEST(Build, AddsDeviceRulesAfterItsOwn) {
  Input input = MinimalInput();
  const size_t own = At(BuildOk(input).config, "linux/resources/devices").AsArray()->size();
  input.security.device_rules = {{'c', 10, {}, "rw"}, {'b', {}, 7, "m"}, {'a', {}, {}, "rwm"}};
  const json::Value devices = At(BuildOk(input).config, "linux/resources/devices");
  json::Array added(devices.AsArray()->begin() + static_cast<int64_t>(own),
                    devices.AsArray()->end());
  EXPECT_EQ(json::Serialize(added), R"([{"allow":true,"type":"c","major":10,"access":"rw"},)"
                                    R"({"allow":true,"type":"b","minor":7,"access":"m"},)"
                                    R"({"allow":true,"type":"c","access":"rwm"},)"
                                    R"({"allow":true,"type":"b","access":"rwm"}])");
}

TEST(Build, KeepsNothingFromAPrivilegedContainer) {
  Input input = MinimalInput();
  input.security.privileged = true;
  input.security.device_rules = {{'c', 10, {}, "rw"}};
  input.security.cap_drop = {"CAP_SYS_TIME"};
  input.available_capabilities = CapabilityBits("CAP_SYS_ADMIN") | CapabilityBits("CAP_SYS_TIME");
  const json::Value config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/capabilities/bounding")), ElementsAre("CAP_SYS_ADMIN"));
  EXPECT_EQ(json::Serialize(At(config, "linux/resources/devices")),
            R"([{"allow":true,"type":"a","access":"rwm"}])");
  EXPECT_TRUE(At(config, "linux/maskedPaths").IsNull());
  EXPECT_TRUE(At(config, "linux/readonlyPaths").IsNull());
  ExecInput exec;
  exec.process.add_args("sh");
  exec.security = input.security;
  exec.available_capabilities = input.available_capabilities;
  EXPECT_THAT(Strings(At(*BuildExecProcess(exec), "capabilities/bounding")),
              ElementsAre("CAP_SYS_ADMIN"));
}

TEST(Build, KeepsNewPrivilegesFromWhoIsNotToHaveThem) {
  Input input = MinimalInput();
  input.security.no_new_privileges = true;
  EXPECT_EQ(At(BuildOk(input).config, "process/noNewPrivileges"), json::Value(true));
  ExecInput exec;
  exec.process.add_args("sh");
  EXPECT_EQ(At(*BuildExecProcess(exec), "noNewPrivileges"), json::Value(false));
  exec.security.no_new_privileges = true;
  EXPECT_EQ(At(*BuildExecProcess(exec), "noNewPrivileges"), json::Value(true));
}

TEST(Build, GivesRootCapabilitiesAndOthersOnlyTheBound) {
  Input input = MinimalInput();
  json::Value config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/capabilities/effective")), SizeIs(14));
  EXPECT_THAT(Strings(At(config, "process/capabilities/inheritable")), IsEmpty());
  input.identity.uid = 1;
  config = BuildOk(input).config;
  EXPECT_THAT(Strings(At(config, "process/capabilities/bounding")), SizeIs(14));
  EXPECT_THAT(Strings(At(config, "process/capabilities/effective")), IsEmpty());
  EXPECT_THAT(Strings(At(config, "process/capabilities/permitted")), IsEmpty());
  EXPECT_THAT(Strings(At(config, "process/capabilities/ambient")), IsEmpty());
}

TEST(Build, LeavesOutCapabilitiesThatTheDaemonLacks) {
  Input input = MinimalInput();
  input.available_capabilities = 1;
  const Output output = BuildOk(input);
  EXPECT_THAT(Strings(At(output.config, "process/capabilities/bounding")),
              ElementsAre("CAP_CHOWN"));
  EXPECT_THAT(output.warnings, IsEmpty());
}

TEST(Build, AddsAndDropsCapabilities) {
  Input input = MinimalInput();
  input.security.cap_add = {"CAP_SYS_ADMIN"};
  input.security.cap_drop = {"CAP_MKNOD"};
  std::vector<std::string> names =
      Strings(At(BuildOk(input).config, "process/capabilities/effective"));
  EXPECT_THAT(names, SizeIs(14));
  EXPECT_THAT(names, ::testing::Contains("CAP_SYS_ADMIN"));
  EXPECT_THAT(names, ::testing::Not(::testing::Contains("CAP_MKNOD")));
  input.security.cap_add = {"CAP_CHOWN"};
  input.security.cap_drop = {"ALL"};
  EXPECT_THAT(Strings(At(BuildOk(input).config, "process/capabilities/bounding")),
              ElementsAre("CAP_CHOWN"));
  input.security.cap_add = {"ALL"};
  input.security.cap_drop = {"CAP_SYS_ADMIN"};
  names = Strings(At(BuildOk(input).config, "process/capabilities/bounding"));
  EXPECT_THAT(names, SizeIs(40));
  EXPECT_THAT(names, ::testing::Not(::testing::Contains("CAP_SYS_ADMIN")));
}

TEST(Build, WarnsOfCapabilitiesThatWereAskedForAndTheDaemonLacks) {
  Input input = MinimalInput();
  input.available_capabilities = 1;
  input.security.cap_add = {"CAP_SYS_TIME", "CAP_CHOWN"};
  const Output output = BuildOk(input);
  EXPECT_THAT(Strings(At(output.config, "process/capabilities/bounding")),
              ElementsAre("CAP_CHOWN"));
  EXPECT_THAT(output.warnings,
              ElementsAre("--cap-add CAP_SYS_TIME has no effect: the daemon itself lacks it"));
  input.security.cap_add = {"ALL"};
  EXPECT_THAT(BuildOk(input).warnings, IsEmpty());
}

TEST(Build, GivesDevicesWithARuleForEach) {
  Input input = MinimalInput();
  const size_t rules = At(BuildOk(input).config, "linux/resources/devices").AsArray()->size();
  EXPECT_TRUE(At(BuildOk(input).config, "linux/devices").IsNull());
  input.security.devices = {{"/dev/vda", "/dev/disk", "rw"}};
  input.devices = {{input.security.devices[0], true, 254, 3, 0660, 0, 6}};
  json::Value config = BuildOk(input).config;
  EXPECT_EQ(json::Serialize(At(config, "linux/devices")),
            R"([{"path":"/dev/disk","type":"b","major":254,"minor":3,"fileMode":432,"uid":0,)"
            R"("gid":6}])");
  const json::Array written = *At(config, "linux/resources/devices").AsArray();
  ASSERT_THAT(written, SizeIs(rules + 1));
  EXPECT_EQ(json::Serialize(written.back()),
            R"({"allow":true,"type":"b","major":254,"minor":3,"access":"rw"})");
  // No node can be made in a user namespace: the host's is bound.
  input.user_remap = UserRemap{1, 1, 1};
  config = BuildOk(input).config;
  EXPECT_TRUE(At(config, "linux/devices").IsNull());
  EXPECT_THAT(json::Serialize(At(config, "mounts")),
              HasSubstr(R"("destination":"/dev/disk","type":"bind","source":"/dev/vda")"));
}

TEST(Build, WritesTheFurtherLimits) {
  Input input = MinimalInput();
  ResourceLimits& limits = input.limits;
  limits.set_memory(64 << 20);
  limits.set_memory_reservation(32 << 20);
  limits.set_memory_swappiness(0);
  limits.set_oom_kill_disable(true);
  limits.set_cpu_shares(512);
  limits.set_cpu_period(50'000);
  limits.set_cpu_quota(25'000);
  limits.set_cpuset_cpus("0-1");
  limits.set_cpuset_mems("0");
  limits.set_blkio_weight(300);
  input.hugetlb = {{2 << 20, 64 << 20}};
  input.device_rates = {{DeviceRateKind::kReadBytes, 254, 0, 1 << 20},
                        {DeviceRateKind::kWriteOperations, 254, 0, 100}};
  const Output output = BuildOk(input);
  EXPECT_THAT(output.warnings, IsEmpty());
  const json::Value written = At(output.config, "linux/resources");
  EXPECT_EQ(json::Serialize(At(written, "memory")),
            R"({"limit":67108864,"reservation":33554432,"disableOOMKiller":true,"swappiness":0})");
  EXPECT_EQ(json::Serialize(At(written, "cpu")),
            R"({"quota":25000,"period":50000,"shares":512,"cpus":"0-1","mems":"0"})");
  EXPECT_EQ(json::Serialize(At(written, "blockIO")),
            R"({"weight":300,"throttleReadBpsDevice":[{"major":254,"minor":0,"rate":1048576}],)"
            R"("throttleWriteIOPSDevice":[{"major":254,"minor":0,"rate":100}]})");
  EXPECT_EQ(json::Serialize(At(written, "hugepageLimits")),
            R"([{"pageSize":"2MB","limit":67108864}])");
}

TEST(Build, WarnsOfLimitsThatTheHostHasNot) {
  Input input = MinimalInput();
  input.limits.set_memory_swappiness(10);
  input.limits.set_blkio_weight(10);
  input.swappiness = false;
  input.io_weights = false;
  const Output output = BuildOk(input);
  EXPECT_THAT(output.warnings, ElementsAre(HasSubstr("--memory-swappiness has no effect"),
                                           HasSubstr("--blkio-weight has no effect")));
  EXPECT_TRUE(At(output.config, "linux/resources/memory").IsNull());
  EXPECT_TRUE(At(output.config, "linux/resources/blockIO").IsNull());
}

TEST(Build, WritesSysctlsAndUlimits) {
  Input input = MinimalInput();
  EXPECT_TRUE(At(BuildOk(input).config, "process/rlimits").IsNull());
  EXPECT_TRUE(At(BuildOk(input).config, "linux/sysctl").IsNull());
  input.security.sysctls = {{"net.ipv4.ip_forward", "1"}};
  input.security.ulimits = {{"nofile", 10, UINT64_MAX}};
  const json::Value config = BuildOk(input).config;
  EXPECT_EQ(json::Serialize(At(config, "linux/sysctl")), R"({"net.ipv4.ip_forward":"1"})");
  const char* const rlimits = R"([{"type":"RLIMIT_NOFILE","soft":10,"hard":18446744073709551615}])";
  EXPECT_EQ(json::Serialize(At(config, "process/rlimits")), rlimits);
  ExecInput exec;
  exec.process.add_args("ls");
  exec.security = input.security;
  EXPECT_EQ(json::Serialize(At(*BuildExecProcess(exec), "rlimits")), rlimits);
}

TEST(Build, UnlocksSysctlsByAHookBesideTheUsers) {
  Input input = MinimalInput();
  EXPECT_TRUE(At(BuildOk(input).config, "hooks").IsNull());
  input.hook_program = "/usr/bin/isulad-shim";
  input.security.writable_net_sysctls = true;
  input.security.writable_ipc_sysctls = true;
  input.hooks.prestart = {{"/bin/true", {}, {}, 0}};
  EXPECT_EQ(json::Serialize(At(BuildOk(input).config, "hooks")),
            R"({"prestart":[{"path":"/bin/true"}],"createContainer":[{"path":)"
            R"("/usr/bin/isulad-shim","args":["isulad-shim","--unlock-sysctls",)"
            R"("/srv/rootfs","net","ipc"]}]})");
}

TEST(Build, GivesTmpfsTheirModesByAHookWhereTheRuntimeDoesNot) {
  Input input = MinimalInput();
  input.hook_program = "/usr/bin/isulad-shim";
  input.tmpfs = {{"/a", 0, 01777}, {"/b", 4096, 0750}};
  EXPECT_TRUE(At(BuildOk(input).config, "hooks").IsNull());
  input.tmpfs_lose_mode = true;
  const std::string own =
      R"({"path":"/usr/bin/isulad-shim","args":["isulad-shim","--set-modes","/srv/rootfs",)"
      R"("1777","/a","750","/b"]})";
  EXPECT_EQ(json::Serialize(At(BuildOk(input).config, "hooks/createContainer")), "[" + own + "]");
  input.security.writable_net_sysctls = true;
  const json::Value both = At(BuildOk(input).config, "hooks/createContainer");
  ASSERT_EQ(both.AsArray()->size(), 2u);
  EXPECT_EQ(json::Serialize(both.AsArray()->back()), own);
}

TEST(Build, GivesTheContainerAndItsExecsAnUmask) {
  Input input = MinimalInput();
  EXPECT_EQ(At(BuildOk(input).config, "process/user/umask"), json::Value(0022));
  input.umask = 0027;
  EXPECT_EQ(At(BuildOk(input).config, "process/user/umask"), json::Value(0027));
  ExecInput exec;
  exec.process.add_args("true");
  exec.umask = 0027;
  EXPECT_EQ(At(*BuildExecProcess(exec), "user/umask"), json::Value(0027));
}

TEST(Build, GivesAnOomScoreAndClampsItToWhatTheDaemonMay) {
  const struct {
    std::optional<int64_t> asked;
    int64_t lowest;
    int64_t given;
    size_t warnings;
  } cases[] = {
      {std::nullopt, -1000, 0, 0}, {-500, -1000, -500, 0}, {300, 0, 300, 0},
      {std::nullopt, 200, 200, 0}, {-500, 0, 0, 1},        {0, 200, 200, 1},
  };
  for (const auto& c : cases) {
    Input input = MinimalInput();
    if (c.asked) {
      input.limits.set_oom_score_adj(*c.asked);
    }
    input.lowest_oom_score_adj = c.lowest;
    const Output output = BuildOk(input);
    EXPECT_EQ(At(output.config, "process/oomScoreAdj"), json::Value(c.given));
    EXPECT_THAT(output.warnings, SizeIs(c.warnings));
  }
}

// An init makes cgroups of its own; its limits it does not change.
TEST(Build, KeepsASystemContainerFromItsOwnLimits) {
  Input input = MinimalInput();
  EXPECT_THAT(Strings(At(BuildOk(input).config, "linux/readonlyPaths")), SizeIs(5));
  input.system_container = true;
  const std::vector<std::string> paths = Strings(At(BuildOk(input).config, "linux/readonlyPaths"));
  EXPECT_THAT(paths, ::testing::Contains("/sys/fs/cgroup/memory"));
  EXPECT_THAT(paths, ::testing::Contains("/sys/fs/cgroup/memory.max"));
  EXPECT_THAT(paths, ::testing::Not(::testing::Contains("/sys/fs/cgroup/systemd")));
  EXPECT_THAT(paths, ::testing::Not(::testing::Contains("/sys/fs/cgroup/cgroup.procs")));
}

TEST(Build, WritesLimitsThatWereAskedFor) {
  Input input = MinimalInput();
  input.limits = test::FromText<ResourceLimits>(
      "memory: 67108864 memory_swap: 134217728 nano_cpus: 1500000000 pids_limit: 42");
  const Output output = BuildOk(input);
  const json::Value resources = At(output.config, "linux/resources");
  EXPECT_EQ(At(resources, "memory/limit"), json::Value(64 << 20));
  EXPECT_EQ(At(resources, "memory/swap"), json::Value(128 << 20));
  EXPECT_EQ(At(resources, "cpu/quota"), json::Value(150000));
  EXPECT_EQ(At(resources, "cpu/period"), json::Value(100000));
  EXPECT_EQ(At(resources, "pids/limit"), json::Value(42));
  EXPECT_THAT(output.warnings, IsEmpty());
}

TEST(Build, WritesNoLimitThatWasNotAskedFor) {
  Input input = MinimalInput();
  input.limits.set_pids_limit(-1);
  const json::Value resources = At(BuildOk(input).config, "linux/resources");
  EXPECT_TRUE(At(resources, "memory").IsNull());
  EXPECT_TRUE(At(resources, "cpu").IsNull());
  EXPECT_TRUE(At(resources, "pids").IsNull());
  input.limits.set_memory(64 << 20);
  EXPECT_TRUE(At(BuildOk(input).config, "linux/resources/memory/swap").IsNull());
}

TEST(Build, PassesUnlimitedSwapOn) {
  Input input = MinimalInput();
  input.limits.set_memory(64 << 20);
  input.limits.set_memory_swap(-1);
  EXPECT_EQ(At(BuildOk(input).config, "linux/resources/memory/swap"), json::Value(-1));
}

TEST(Build, WarnsAboutSwapLimitWithoutAccounting) {
  Input input = MinimalInput();
  input.limits.set_memory(64 << 20);
  input.limits.set_memory_swap(128 << 20);
  input.swap_accounting = false;
  const Output output = BuildOk(input);
  EXPECT_EQ(At(output.config, "linux/resources/memory/limit"), json::Value(64 << 20));
  EXPECT_TRUE(At(output.config, "linux/resources/memory/swap").IsNull());
  EXPECT_THAT(output.warnings, ElementsAre(HasSubstr("--memory-swap")));
}

TEST(Build, DeniesAllDevicesBeforeItAllowsSome) {
  const json::Value config = BuildOk(MinimalInput()).config;
  const json::Value devices = At(config, "linux/resources/devices");
  const json::Array& rules = *devices.AsArray();
  EXPECT_EQ(At(rules.front(), "allow"), json::Value(false));
  EXPECT_EQ(At(rules.front(), "type"), json::Value("a"));
  EXPECT_EQ(At(rules.front(), "access"), json::Value("rwm"));
  for (size_t i = 1; i < rules.size(); ++i) {
    EXPECT_EQ(At(rules[i], "allow"), json::Value(true));
    // Only making nodes is allowed without naming the device.
    if (At(rules[i], "major").IsNull()) {
      EXPECT_EQ(At(rules[i], "access"), json::Value("m"));
    }
  }
}

TEST(Build, ProgramGoesIntoTheAnnotationAndProfileIntoLinux) {
  Input input = MinimalInput();
  EXPECT_TRUE(At(BuildOk(input).config, "linux/seccomp").IsNull());
  input.seccomp_profile = json::Object();
  EXPECT_FALSE(At(BuildOk(input).config, "linux/seccomp").IsNull());
  input.seccomp_program = "AAAA";
  input.annotations = {{"run.oci.seccomp_bpf_data", "from elsewhere"}};
  const json::Value config = BuildOk(input).config;
  EXPECT_EQ(At(config, "annotations/run.oci.seccomp_bpf_data"), json::Value("AAAA"));
  EXPECT_TRUE(At(config, "linux/seccomp").IsNull());
}

}  // namespace
}  // namespace isulad::spec
