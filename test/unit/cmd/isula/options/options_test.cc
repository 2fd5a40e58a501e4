#include <cstdlib>
#include <string>

#include "cmd/isula/options/container_options.h"
#include "cmd/isula/options/limit_options.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace isulad::options {
namespace {

namespace containers_v1 = client::containers_v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct ParsedOptions {
  client::ContainerOptions options;
  std::string error;
};

ParsedOptions Parse(const cli::Arguments& arguments) {
  ParsedOptions parsed;
  cli::FlagSet flags(cli::FlagSet::Stop::kAtFirstArgument);
  AddContainerFlags(flags, &parsed.options);
  Result<cli::Arguments> rest = flags.Parse(arguments);
  if (!rest) {
    parsed.error = rest.error().message();
    return parsed;
  }
  if (Status taken = TakeArguments("create", *rest, &parsed.options); !taken) {
    parsed.error = taken.error().message();
  }
  return parsed;
}

TEST(ContainerOptions, FillsInEveryField) {
  const ParsedOptions parsed = Parse({"-n",
                                      "box",
                                      "-it",
                                      "-e",
                                      "A=1",
                                      "-u",
                                      "0:0",
                                      "--workdir",
                                      "/w",
                                      "-h",
                                      "host",
                                      "--stop-signal",
                                      "TERM",
                                      "-m",
                                      "20M",
                                      "--memory-swap",
                                      "-1",
                                      "--cpus",
                                      "1.5",
                                      "--pids-limit",
                                      "100",
                                      "-v",
                                      "/a:/b",
                                      "--read-only",
                                      "-R",
                                      "runc",
                                      "--system-container",
                                      "--external-rootfs",
                                      "/r",
                                      "--host-channel",
                                      "/h:/c:rw:32M",
                                      "--host-channel",
                                      "/i:/d",
                                      "--host-channel-add-memory",
                                      "--rootfs-overlay",
                                      "--user-remap",
                                      "100000:200000:65536",
                                      "--memory-reservation=10M",
                                      "--memory-swappiness=0",
                                      "--oom-kill-disable",
                                      "--cpu-shares=512",
                                      "--cpu-period=1000",
                                      "--cpu-quota=-1",
                                      "--cpuset-cpus=0-1",
                                      "--cpuset-mems=0",
                                      "--blkio-weight=10",
                                      "--device-read-bps=/a:1M",
                                      "--device-write-bps=/a:2",
                                      "--device-read-iops=/a:3",
                                      "--device-write-iops=/a:4",
                                      "--hugetlb-limit=2M:4M",
                                      "--files-limit=-1",
                                      "--oom-score-adj=-1000",
                                      "--entrypoint=/bin/ls",
                                      "--mount=type=tmpfs,dst=/a",
                                      "--tmpfs=/b:ro",
                                      "--tmpfs=/c",
                                      "--shm-size=1M",
                                      "--add-host=a:::1",
                                      "--dns=1.1.1.1",
                                      "--dns-search=a.example",
                                      "--dns-opt=ndots:2",
                                      "--dns-option=rotate",
                                      "--group-add=audio",
                                      "--group-add",
                                      "7",
                                      "--sysctl",
                                      "net.a=1",
                                      "--ulimit",
                                      "nofile=1",
                                      "--ns-change-opt=net,ipc",
                                      "--privileged",
                                      "--device-cgroup-rule=c 1:3 r",
                                      "--security-opt=no-new-privileges",
                                      "--security-opt=seccomp=/dev/null",
                                      "--net=container:a",
                                      "--ipc",
                                      "host",
                                      "--pid=host",
                                      "--uts=host",
                                      "--cgroupns=private",
                                      "-l=a=b",
                                      "--annotation=c=d",
                                      "--cgroup-parent=/p",
                                      "--env-target-file=/e",
                                      "--cap-add",
                                      "net_admin",
                                      "--cap-drop",
                                      "CAP_MKNOD",
                                      "--cap-drop=chown",
                                      "--device",
                                      "/dev/kvm",
                                      "--log-driver",
                                      "json-file",
                                      "--log-opt",
                                      "max-size=10m,max-file=3",
                                      "--log-opt",
                                      "a=b",
                                      "--rm",
                                      "--restart=on-failure:3",
                                      "none",
                                      "ls",
                                      "-la"});
  ASSERT_EQ(parsed.error, "");
  const containers_v1::ContainerSpec& spec = parsed.options.spec;
  const containers_v1::ProcessConfig& process = spec.process();
  const containers_v1::HostConfig& host = spec.host();
  const containers_v1::ResourceLimits& limits = host.limits();
  EXPECT_EQ(parsed.options.name, "box");
  EXPECT_EQ(spec.image(), "none");
  EXPECT_THAT(process.args(), ElementsAre("ls", "-la"));
  EXPECT_THAT(process.env(), ElementsAre("A=1"));
  EXPECT_EQ(process.user(), "0:0");
  EXPECT_EQ(process.workdir(), "/w");
  EXPECT_EQ(process.hostname(), "host");
  EXPECT_EQ(process.stop_signal(), "TERM");
  EXPECT_TRUE(process.open_stdin());
  EXPECT_TRUE(process.terminal());
  EXPECT_EQ(limits.memory(), 20 << 20);
  EXPECT_EQ(limits.memory_swap(), -1);
  EXPECT_EQ(limits.nano_cpus(), 1'500'000'000);
  EXPECT_EQ(limits.pids_limit(), 100);
  EXPECT_THAT(host.volumes(), ElementsAre("/a:/b"));
  EXPECT_TRUE(host.rootfs_overlay());
  EXPECT_TRUE(host.read_only_rootfs());
  EXPECT_EQ(host.user_remap(), "100000:200000:65536");
  EXPECT_THAT(host.security().cap_add(), ElementsAre("net_admin"));
  EXPECT_THAT(host.security().cap_drop(), ElementsAre("CAP_MKNOD", "chown"));
  EXPECT_THAT(host.security().devices(), ElementsAre("/dev/kvm"));
  EXPECT_THAT(host.security().sysctls(), ElementsAre("net.a=1"));
  EXPECT_THAT(host.security().ulimits(), ElementsAre("nofile=1"));
  EXPECT_EQ(limits.memory_reservation(), 10 << 20);
  EXPECT_TRUE(limits.has_memory_swappiness());
  EXPECT_EQ(limits.memory_swappiness(), 0);
  EXPECT_TRUE(limits.oom_kill_disable());
  EXPECT_EQ(limits.cpu_shares(), 512);
  EXPECT_EQ(limits.cpu_period(), 1000);
  EXPECT_EQ(limits.cpu_quota(), -1);
  EXPECT_EQ(limits.cpuset_cpus(), "0-1");
  EXPECT_EQ(limits.cpuset_mems(), "0");
  EXPECT_EQ(limits.blkio_weight(), 10);
  EXPECT_THAT(limits.device_read_bps(), ElementsAre("/a:1M"));
  EXPECT_THAT(limits.device_write_bps(), ElementsAre("/a:2"));
  EXPECT_THAT(limits.device_read_iops(), ElementsAre("/a:3"));
  EXPECT_THAT(limits.device_write_iops(), ElementsAre("/a:4"));
  EXPECT_THAT(limits.hugetlb_limits(), ElementsAre("2M:4M"));
  EXPECT_EQ(limits.files_limit(), -1);
  EXPECT_EQ(limits.oom_score_adj(), -1000);
  EXPECT_EQ(process.entrypoint(), "/bin/ls");
  EXPECT_THAT(host.files().mounts(), ElementsAre("type=tmpfs,dst=/a"));
  EXPECT_THAT(host.files().tmpfs(), ElementsAre("/b:ro", "/c"));
  EXPECT_EQ(host.files().shm_size(), 1 << 20);
  EXPECT_THAT(host.files().add_hosts(), ElementsAre("a:::1"));
  EXPECT_THAT(host.files().dns(), ElementsAre("1.1.1.1"));
  EXPECT_THAT(host.files().dns_search(), ElementsAre("a.example"));
  EXPECT_THAT(host.files().dns_options(), ElementsAre("ndots:2", "rotate"));
  EXPECT_THAT(process.group_add(), ElementsAre("audio", "7"));
  EXPECT_THAT(host.security().writable_sysctls(), ElementsAre("net", "ipc"));
  EXPECT_THAT(host.security().device_cgroup_rules(), ElementsAre("c 1:3 r"));
  EXPECT_TRUE(host.security().privileged());
  EXPECT_THAT(host.security().security_opts(), ElementsAre("no-new-privileges", "seccomp="));
  EXPECT_EQ(host.namespaces().network(), "container:a");
  EXPECT_EQ(host.namespaces().ipc(), "host");
  EXPECT_EQ(host.namespaces().pid(), "host");
  EXPECT_EQ(host.namespaces().uts(), "host");
  EXPECT_EQ(host.namespaces().cgroup(), "private");
  EXPECT_THAT(host.labels(), ElementsAre("a=b"));
  EXPECT_THAT(host.annotations(), ElementsAre("c=d"));
  EXPECT_EQ(host.cgroup_parent(), "/p");
  EXPECT_EQ(host.env_target_file(), "/e");
  EXPECT_EQ(host.log_driver(), "json-file");
  EXPECT_THAT(host.log_options(), ElementsAre("max-size=10m", "max-file=3", "a=b"));
  EXPECT_EQ(host.runtime(), "runc");
  EXPECT_TRUE(host.system_container());
  EXPECT_EQ(host.external_rootfs(), "/r");
  EXPECT_THAT(host.host_channels(), ElementsAre("/h:/c:rw:32M", "/i:/d"));
  EXPECT_TRUE(host.host_channel_add_memory());
  EXPECT_TRUE(host.auto_remove());
  EXPECT_EQ(host.restart_policy(), "on-failure:3");
}

TEST(ContainerOptions, ReadsHealthChecks) {
  const ParsedOptions parsed = Parse(
      {"--health-cmd=check it", "--health-interval=1m30s", "--health-timeout", "500ms",
       "--health-retries=5", "--health-start-period=0s", "--health-exit-on-unhealthy", "none"});
  ASSERT_EQ(parsed.error, "");
  containers_v1::HealthConfig wanted;
  wanted.set_command("check it");
  wanted.set_interval_ns(90'000'000'000);
  wanted.set_timeout_ns(500'000'000);
  wanted.set_retries(5);
  wanted.set_start_period_ns(0);
  wanted.set_exit_on_unhealthy(true);
  EXPECT_EQ(parsed.options.spec.host().health().DebugString(), wanted.DebugString());
  EXPECT_TRUE(Parse({"--no-healthcheck", "none"}).options.spec.host().health().none());
}

// A message that is there without a field says nothing.
TEST(ContainerOptions, SetNothingThatWasNotGiven) {
  containers_v1::ContainerSpec wanted;
  wanted.set_image("none");
  wanted.mutable_process()->add_args("ls");
  containers_v1::HostConfig& host = *wanted.mutable_host();
  host.mutable_limits();
  host.mutable_security();
  host.mutable_namespaces();
  host.mutable_files();
  host.mutable_health();
  const ParsedOptions parsed = Parse({"none", "ls"});
  EXPECT_EQ(parsed.options.name, "");
  EXPECT_EQ(parsed.options.spec.DebugString(), wanted.DebugString());
}

TEST(ContainerOptions, TellALimitOfZeroFromNone) {
  containers_v1::ResourceLimits wanted;
  wanted.set_memory(0);
  wanted.set_cpu_shares(0);
  const ParsedOptions parsed = Parse({"-m", "0", "--cpu-shares=0", "none"});
  EXPECT_EQ(parsed.options.spec.host().limits().DebugString(), wanted.DebugString());
}

TEST(ContainerOptions, RefusesBadValuesWithFlagAndReason) {
  const struct {
    cli::Arguments arguments;
    const char* message;
  } cases[] = {
      {{"-m", "1x", "none"}, "Invalid value \"1x\" for flag --memory: "},
      {{"-m", "-1", "none"}, "Invalid value \"-1\" for flag --memory: "},
      {{"-m", "9223372036854775808", "none"}, "for flag --memory: too large"},
      {{"--memory-swap", "-2", "none"}, "Invalid value \"-2\" for flag --memory-swap: "},
      {{"--pids-limit", "1.5", "none"}, "Invalid value \"1.5\" for flag --pids-limit: "},
      {{"--pids-limit", "-2", "none"}, "Invalid value \"-2\" for flag --pids-limit: "},
      {{"--cpus", "one", "none"}, "Invalid value \"one\" for flag --cpus: "},
      {{"-n", "-x", "none"}, "Invalid value \"-x\" for flag --name: must match "},
      {{"--stop-signal", "SIGFOO", "none"}, "Invalid value \"SIGFOO\" for flag --stop-signal: "},
      {{"--external-rootfs", "r", "none"}, "Invalid value \"r\" for flag --external-rootfs: "},
      {{"-e", "=x", "none"}, "Invalid value \"=x\" for flag --env: "},
      {{"--host-channel", "/h", "none"}, "Invalid value \"/h\" for flag --host-channel: "},
      {{"--host-channel", "/h:/c:rw:4095", "none"}, "size \"4095\" is too small"},
      {{"--cap-add", "FOO", "none"}, "Invalid value \"FOO\" for flag --cap-add: capability"},
      {{"--cap-drop", "FOO", "none"}, "Invalid value \"FOO\" for flag --cap-drop: capability"},
      {{"--device", "kvm", "none"}, "Invalid value \"kvm\" for flag --device: host path"},
      {{"--cpu-quota", "-2", "none"}, "Invalid value \"-2\" for flag --cpu-quota: must be a whole"},
      {{"--cpuset-cpus", "a", "none"}, "Invalid value \"a\" for flag --cpuset-cpus: "},
      {{"--memory-swappiness", "x", "none"},
       "for flag --memory-swappiness: must be a whole number"},
      {{"--device-read-bps", "/a", "none"}, "for flag --device-read-bps: \"/a\" must be PATH:RATE"},
      {{"--hugetlb-limit", "x", "none"}, "for flag --hugetlb-limit: limit \"x\""},
      {{"--oom-score-adj", "low", "none"}, "for flag --oom-score-adj: must be a whole number"},
      {{"--shm-size", "much", "none"}, "Invalid value \"much\" for flag --shm-size: "},
      {{"--entrypoint=a", "--entrypoint=b", "none"}, "flag --entrypoint given more than once"},
      {{"--sysctl", "vm.a=1", "none"}, "for flag --sysctl: sysctl \"vm.a\" does not belong"},
      {{"--ulimit", "a=1", "none"}, "for flag --ulimit: limit \"a\" is not known"},
      {{"--ns-change-opt", "net,pid", "none"},
       "for flag --ns-change-opt: must be net, ipc or both"},
      {{"--device-cgroup-rule", "c 1:3", "none"}, "for flag --device-cgroup-rule: device rule"},
      {{"--security-opt", "apparmor=x", "none"}, "for flag --security-opt: security option"},
      {{"--security-opt", "seccomp=/no/such", "none"}, "for flag --security-opt: "},
      {{"-l", "=a", "none"}, "for flag --label: \"=a\" must be KEY=VALUE"},
      {{"--annotation", "run.oci.a=b", "none"}, "for flag --annotation: annotation \"run.oci.a\""},
      {{"--health-interval", "30", "none"},
       "for flag --health-interval: must be a duration such as 30s"},
      {{"--health-retries", "x", "none"}, "for flag --health-retries: must be a whole number"},
      {{"--env-file", "/no/such", "none"}, "for flag --env-file: "},
      {{"--hook-spec", "/no/such", "none"}, "for flag --hook-spec: "},
      {{"-m", "1M", "-m", "2M", "none"}, "flag --memory given more than once"},
      {{"--rm"}, "\"create\" requires a minimum of 1 argument."},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Parse(c.arguments).error, HasSubstr(c.message));
  }
}

TEST(ContainerOptions, TakesAVariableFromTheEnvironmentWhenItHasNoValue) {
  ASSERT_EQ(::setenv("ISULA_TEST_SET", "here", 1), 0);
  ASSERT_EQ(::unsetenv("ISULA_TEST_UNSET"), 0);
  const ParsedOptions parsed = Parse({"-e", "ISULA_TEST_SET", "-e", "ISULA_TEST_UNSET", "none"});
  EXPECT_THAT(parsed.options.spec.process().env(), ElementsAre("ISULA_TEST_SET=here"));
}

TEST(ParseCpus, CountsBillionths) {
  EXPECT_EQ(*ParseCpus("2"), 2'000'000'000);
  EXPECT_EQ(*ParseCpus("0.5"), 500'000'000);
  EXPECT_EQ(*ParseCpus("0.000000001"), 1);
  for (const char* text : {"", ".", "1.", ".5", "-1", "+1", "1e3", "0x1", "1.0000000001", "1.5.2",
                           " 1", "1000001", "99999999999999999999"}) {
    EXPECT_FALSE(ParseCpus(text)) << text;
  }
}

}  // namespace
}  // namespace isulad::options
