#include "daemon/entry/grpc/convert_container.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isulad::entry {
namespace {

using testing::ElementsAre;

TEST(ConvertContainer, TakesEveryFieldOfACreate) {
  v1::CreateRequest wire;
  wire.set_name("web");
  wire.set_image("none");
  v1::ProcessConfig* process = wire.mutable_process();
  process->add_args("/bin/sh");
  process->add_args("-i");
  process->add_env("A=1");
  process->set_user("app");
  process->set_workdir("/srv");
  process->set_hostname("h");
  process->set_terminal(true);
  process->set_open_stdin(true);
  process->set_stdin_once(true);
  process->set_stop_signal("HUP");
  process->set_entrypoint("/bin/ls");
  process->add_group_add("audio");
  v1::HostConfig* host = wire.mutable_host();
  host->set_system_container(true);
  host->set_external_rootfs("/rootfs");
  host->add_host_channels("/h:/c");
  host->set_host_channel_add_memory(true);
  host->set_auto_remove(true);
  host->set_restart_policy("on-failure:3");
  host->set_runtime("runc");
  host->set_memory(1);
  host->set_memory_swap(2);
  host->set_nano_cpus(3);
  host->set_pids_limit(4);
  host->add_volumes("/a:/b");
  host->set_rootfs_overlay(true);
  host->set_read_only_rootfs(true);
  host->set_user_remap("1:2:3");
  host->mutable_security()->add_cap_add("CHOWN");
  host->mutable_security()->add_cap_drop("ALL");
  host->mutable_security()->add_devices("/dev/kvm");
  host->mutable_security()->add_sysctls("net.a=1");
  host->mutable_security()->add_ulimits("nofile=1");
  host->mutable_security()->add_writable_sysctls("net");
  host->mutable_security()->add_security_opts("seccomp=x");
  host->mutable_security()->set_privileged(true);
  host->mutable_security()->add_device_cgroup_rules("c 1:3 r");
  host->mutable_namespaces()->set_network("host");
  host->mutable_namespaces()->set_ipc("private");
  host->mutable_namespaces()->set_pid("container:a");
  host->mutable_namespaces()->set_uts("b");
  host->mutable_namespaces()->set_cgroup("c");
  v1::ResourceLimits* limits = host->mutable_limits();
  limits->set_memory_reservation(5);
  limits->set_memory_swappiness(0);
  limits->set_oom_kill_disable(true);
  limits->set_cpu_shares(6);
  limits->set_cpu_period(7);
  limits->set_cpu_quota(8);
  limits->set_cpuset_cpus("0");
  limits->set_cpuset_mems("1");
  limits->set_blkio_weight(9);
  limits->add_device_read_bps("/a:1");
  limits->add_device_write_bps("/a:2");
  limits->add_device_read_iops("/a:3");
  limits->add_device_write_iops("/a:4");
  limits->add_hugetlb_limits("2M");
  limits->set_files_limit(10);
  limits->set_oom_score_adj(0);
  host->mutable_files()->add_mounts("type=tmpfs,dst=/a");
  host->mutable_files()->add_tmpfs("/b");
  host->mutable_files()->set_shm_size(0);
  host->mutable_files()->add_add_hosts("a:::1");
  host->mutable_files()->add_dns("::1");
  host->mutable_files()->add_dns_search("c");
  host->mutable_files()->add_dns_options("d");
  host->add_labels("a=b");
  host->add_annotations("c=d");
  host->set_cgroup_parent("/p");
  host->set_hook_spec("{}");
  host->set_env_target_file("/e");
  v1::HealthConfig* health = host->mutable_health();
  health->set_command("check");
  health->set_interval_ns(1);
  health->set_timeout_ns(2);
  health->set_retries(3);
  health->set_start_period_ns(0);
  health->set_exit_on_unhealthy(true);
  health->set_none(true);
  host->set_log_driver("json-file");
  host->add_log_options("max-size=1m");

  const container::CreateRequest request = FromWire(wire);
  EXPECT_EQ(request.name, "web");
  EXPECT_EQ(request.image, "none");
  EXPECT_THAT(request.process.args, ElementsAre("/bin/sh", "-i"));
  EXPECT_THAT(request.process.env, ElementsAre("A=1"));
  EXPECT_EQ(request.process.user, "app");
  EXPECT_EQ(request.process.workdir, "/srv");
  EXPECT_TRUE(request.process.terminal);
  EXPECT_EQ(request.hostname, "h");
  EXPECT_TRUE(request.open_stdin);
  EXPECT_TRUE(request.stdin_once);
  EXPECT_EQ(request.stop_signal, "HUP");
  EXPECT_EQ(request.entrypoint, "/bin/ls");
  EXPECT_THAT(request.files.mounts, ElementsAre("type=tmpfs,dst=/a"));
  EXPECT_THAT(request.files.tmpfs, ElementsAre("/b"));
  EXPECT_EQ(request.files.shm_size, 0);
  EXPECT_THAT(request.files.add_hosts, ElementsAre("a:::1"));
  EXPECT_THAT(request.files.dns, ElementsAre("::1"));
  EXPECT_THAT(request.files.dns_search, ElementsAre("c"));
  EXPECT_THAT(request.files.dns_options, ElementsAre("d"));
  EXPECT_THAT(request.process.group_add, ElementsAre("audio"));
  EXPECT_EQ(request.resources.oom_score_adj, 0);
  EXPECT_TRUE(request.system_container);
  EXPECT_EQ(request.external_rootfs, "/rootfs");
  EXPECT_THAT(request.host_channels, ElementsAre("/h:/c"));
  EXPECT_TRUE(request.host_channel_add_memory);
  EXPECT_TRUE(request.auto_remove);
  EXPECT_EQ(request.restart_policy, "on-failure:3");
  EXPECT_EQ(request.runtime, "runc");
  EXPECT_EQ(request.resources.memory, 1);
  EXPECT_EQ(request.resources.memory_swap, 2);
  EXPECT_EQ(request.resources.nano_cpus, 3);
  EXPECT_EQ(request.resources.pids_limit, 4);
  EXPECT_THAT(request.volumes, ElementsAre("/a:/b"));
  EXPECT_TRUE(request.rootfs_overlay);
  EXPECT_TRUE(request.read_only_rootfs);
  EXPECT_THAT(request.labels, ElementsAre("a=b"));
  EXPECT_THAT(request.annotations, ElementsAre("c=d"));
  EXPECT_EQ(request.cgroup_parent, "/p");
  EXPECT_EQ(request.hooks, "{}");
  EXPECT_EQ(request.env_target_file, "/e");
  EXPECT_EQ(request.health.command, "check");
  EXPECT_EQ(request.health.interval, 1);
  EXPECT_EQ(request.health.timeout, 2);
  EXPECT_EQ(request.health.retries, 3);
  EXPECT_EQ(request.health.start_period, 0);
  EXPECT_TRUE(request.health.exit_on_unhealthy);
  EXPECT_TRUE(request.health.none);
  EXPECT_EQ(FromWire(v1::CreateRequest()).health.command, std::nullopt);
  EXPECT_EQ(FromWire(v1::CreateRequest()).health.interval, std::nullopt);
  EXPECT_EQ(request.user_remap, "1:2:3");
  EXPECT_THAT(request.security.cap_add, ElementsAre("CHOWN"));
  EXPECT_THAT(request.security.cap_drop, ElementsAre("ALL"));
  EXPECT_THAT(request.security.devices, ElementsAre("/dev/kvm"));
  EXPECT_THAT(request.security.sysctls, ElementsAre("net.a=1"));
  EXPECT_THAT(request.security.ulimits, ElementsAre("nofile=1"));
  EXPECT_THAT(request.security.writable_sysctls, ElementsAre("net"));
  EXPECT_THAT(request.security.security_opts, ElementsAre("seccomp=x"));
  EXPECT_TRUE(request.security.privileged);
  EXPECT_THAT(request.security.device_cgroup_rules, ElementsAre("c 1:3 r"));
  EXPECT_EQ(request.namespaces.network, "host");
  EXPECT_EQ(request.namespaces.ipc, "private");
  EXPECT_EQ(request.namespaces.pid, "container:a");
  EXPECT_EQ(request.namespaces.uts, "b");
  EXPECT_EQ(request.namespaces.cgroup, "c");
  EXPECT_EQ(request.resources.memory_reservation, 5);
  EXPECT_EQ(request.resources.memory_swappiness, 0);
  EXPECT_TRUE(request.resources.oom_kill_disable);
  EXPECT_EQ(request.resources.cpu_shares, 6);
  EXPECT_EQ(request.resources.cpu_period, 7);
  EXPECT_EQ(request.resources.cpu_quota, 8);
  EXPECT_EQ(request.resources.cpuset_cpus, "0");
  EXPECT_EQ(request.resources.cpuset_mems, "1");
  EXPECT_EQ(request.resources.blkio_weight, 9);
  EXPECT_THAT(request.limits.device_rates[0], ElementsAre("/a:1"));
  EXPECT_THAT(request.limits.device_rates[1], ElementsAre("/a:2"));
  EXPECT_THAT(request.limits.device_rates[2], ElementsAre("/a:3"));
  EXPECT_THAT(request.limits.device_rates[3], ElementsAre("/a:4"));
  EXPECT_THAT(request.limits.hugetlb, ElementsAre("2M"));
  EXPECT_EQ(request.limits.files, 10);
  EXPECT_EQ(request.log_driver, "json-file");
  EXPECT_THAT(request.log_options, ElementsAre("max-size=1m"));
}

TEST(ConvertContainer, TakesOfAnUpdateWhatIsSet) {
  v1::UpdateRequest wire;
  container::UpdateRequest request = FromWire(wire);
  EXPECT_EQ(request.memory, std::nullopt);
  EXPECT_EQ(request.cpuset_cpus, std::nullopt);
  EXPECT_EQ(request.restart_policy, std::nullopt);
  wire.set_memory(0);
  wire.set_memory_swap(-1);
  wire.set_memory_reservation(1);
  wire.set_nano_cpus(2);
  wire.set_cpu_shares(3);
  wire.set_cpu_period(4);
  wire.set_cpu_quota(5);
  wire.set_cpuset_cpus("0");
  wire.set_cpuset_mems("1");
  wire.set_restart_policy("no");
  request = FromWire(wire);
  EXPECT_EQ(request.memory, 0);
  EXPECT_EQ(request.memory_swap, -1);
  EXPECT_EQ(request.memory_reservation, 1);
  EXPECT_EQ(request.nano_cpus, 2);
  EXPECT_EQ(request.cpu_shares, 3);
  EXPECT_EQ(request.cpu_period, 4);
  EXPECT_EQ(request.cpu_quota, 5);
  EXPECT_EQ(request.cpuset_cpus, "0");
  EXPECT_EQ(request.cpuset_mems, "1");
  EXPECT_EQ(request.restart_policy, "no");
}

TEST(ConvertContainer, TakesEachStreamForItself) {
  v1::AttachRequest::Open wire;
  wire.set_container("web");
  wire.set_stderr(true);
  wire.set_start(true);
  const container::AttachRequest request = FromWire(wire);
  EXPECT_EQ(request.reference, "web");
  EXPECT_FALSE(request.streams.standard_input);
  EXPECT_FALSE(request.streams.standard_output);
  EXPECT_TRUE(request.streams.standard_error);
  EXPECT_TRUE(request.start);
}

TEST(ConvertContainer, TakesAnExec) {
  v1::ExecRequest::Open wire;
  wire.set_container("web");
  wire.mutable_process()->add_args("ls");
  wire.mutable_process()->set_open_stdin(true);
  wire.set_detach(true);
  wire.mutable_window()->set_rows(24);
  const container::ExecRequest request = FromWire(wire);
  EXPECT_EQ(request.reference, "web");
  EXPECT_THAT(request.process.args, ElementsAre("ls"));
  EXPECT_TRUE(request.open_stdin);
  EXPECT_TRUE(request.detach);
  EXPECT_EQ(request.window.rows, 24);
}

// The kernel counts cells in 16 bits.
TEST(ConvertContainer, ClampsAWindow) {
  v1::WindowSize wire;
  wire.set_rows(70'000);
  wire.set_columns(65'535);
  const shim::WindowSize size = FromWire(wire);
  EXPECT_EQ(size.rows, 65'535);
  EXPECT_EQ(size.columns, 65'535);
}

TEST(ConvertContainer, GivesEveryFieldOfASummary) {
  container::Summary summary;
  summary.id = "abc";
  summary.name = "web";
  summary.image = "none";
  summary.command = {"ls", "-l"};
  summary.created = {1};
  summary.runtime = "crun";
  summary.state.phase = container::Phase::kExited;
  summary.state.exit_code = 137;
  summary.state.pid = 42;
  summary.state.started_at = {2};
  summary.state.finished_at = {3};
  summary.health = container::HealthStatus::kUnhealthy;
  v1::ContainerSummary wire;
  ToWire(summary, &wire);
  EXPECT_EQ(wire.id(), "abc");
  EXPECT_EQ(wire.name(), "web");
  EXPECT_EQ(wire.image(), "none");
  EXPECT_THAT(wire.command(), ElementsAre("ls", "-l"));
  EXPECT_EQ(wire.created_at(), 1);
  EXPECT_EQ(wire.status(), "exited");
  EXPECT_EQ(wire.exit_code(), 137);
  EXPECT_EQ(wire.started_at(), 2);
  EXPECT_EQ(wire.finished_at(), 3);
  EXPECT_EQ(wire.pid(), 42);
  EXPECT_EQ(wire.runtime(), "crun");
  EXPECT_EQ(wire.health(), "unhealthy");
}

}  // namespace
}  // namespace isulad::entry
