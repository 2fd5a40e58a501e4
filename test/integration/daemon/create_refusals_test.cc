// What the daemon refuses of the other fields of a create, whoever asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "integration/daemon/real_daemon.h"

namespace isulad::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct BadRequest {
  std::function<void(api::CreateRequest&)> spoil;
  std::string reason;  // a part of the message
};

std::vector<BadRequest> BadIdentities() {
  return {
      {[](auto& r) { r.set_name("bad name"); }, "name \"bad name\""},
      {[](auto& r) { r.set_name("-x"); }, "name \"-x\""},
      {[](auto& r) { r.set_name(std::string(256, 'x')); }, "name"},
      {[](auto& r) { r.mutable_spec()->set_image("ubuntu"); }, "image \"ubuntu\""},
      {[](auto& r) { r.mutable_spec()->clear_image(); }, "image \"\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_hostname("a b"); },
       "hostname \"a b\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_hostname(std::string(64, 'x')); },
       "hostname"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_hostname("a\nb"); },
       "hostname \"a\\nb\""},
  };
}

std::vector<BadRequest> BadProcesses() {
  return {
      {[](auto& r) { r.mutable_spec()->mutable_process()->clear_args(); }, "no command"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_args(0, ""); }, "no command"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_args(0, std::string("a\0b", 3)); },
       "zero bytes"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->add_env("=x"); }, "--env \"=x\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->add_env("x"); }, "--env \"x\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_workdir("tmp"); },
       "\"tmp\" must be absolute"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_workdir("/a/../b"); },
       "must not contain \"..\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_entrypoint(std::string("a\0b", 3)); },
       "zero bytes"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->add_group_add(""); }, "--group-add \"\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->add_group_add("a:b"); },
       "--group-add \"a:b\""},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_stop_signal("NOSUCH"); }, "NOSUCH"},
      {[](auto& r) { r.mutable_spec()->mutable_process()->set_stop_signal("0"); }, "0"},
  };
}

std::vector<BadRequest> BadHosts() {
  return {
      {[](auto& r) { r.mutable_spec()->mutable_host()->clear_external_rootfs(); },
       "--external-rootfs"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_external_rootfs("/"); },
       "root directory"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_external_rootfs("relative"); },
       "must be absolute"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_external_rootfs("/etc/passwd"); },
       "not a directory"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_external_rootfs("/no/such"); },
       "\"/no/such\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_runtime("nosuch"); },
       "runtime \"nosuch\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_log_driver("syslog"); },
       "log driver \"syslog\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_log_options("labels=a"); },
       "log option \"labels\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_log_options("max-size=1k"); },
       "max-size"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_security()->add_cap_add("FOO"); },
       "\"FOO\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->add_devices("/etc/passwd:/dev/a");
       },
       "is not a device node"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_security()->add_sysctls("vm.a=1"); },
       "\"vm.a\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_security()->add_ulimits("a=1"); },
       "\"a\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->add_writable_sysctls("pid");
       },
       "--ns-change-opt \"pid\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->add_device_cgroup_rules("c 1:x r");
       },
       "minor number \"x\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->set_privileged(true);
         r.mutable_spec()->mutable_host()->set_user_remap("1:1:1");
       },
       "--privileged and --user-remap exclude one another"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->add_security_opts("label=x");
       },
       "security option \"label=x\" is not supported"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_security()->add_security_opts("seccomp={}");
       },
       "seccomp profile: \"defaultAction\" is missing"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_namespaces()->set_network("bridge");
       },
       "--net \"bridge\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_namespaces()->set_uts("container:a");
       },
       "--uts"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_namespaces()->set_uts("host");
         r.mutable_spec()->mutable_process()->set_hostname("name");
       },
       "exclude one another"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_cpu_shares(-1); },
       "--cpu-shares"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_limits()->add_device_read_bps("/dev/null:1");
       },
       "is not a block device"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->add_hugetlb_limits("x"); },
       "--hugetlb-limit"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_files_limit(7); },
       "--files-limit"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_oom_score_adj(1001); },
       "--oom-score-adj \"1001\" must be between -1000 and 1000"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_limits()->set_oom_score_adj(-1001);
       },
       "--oom-score-adj \"-1001\" must be"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_labels("=x"); }, "--label"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_annotations("run.oci.a=b"); },
       "\"run.oci.a\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_cgroup_parent("/"); }, "cgroup parent"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_hook_spec("[]"); }, "hook spec"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_env_target_file("/proc/a"); },
       "env target file"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_health()->set_command(""); },
       "--health-cmd"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_health()->set_retries(3); },
       "needs --health-cmd"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_health()->set_command("x");
         r.mutable_spec()->mutable_host()->mutable_health()->set_interval_ns(0);
       },
       "--health-interval \"0s\" must be 1ms to 720h"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_health()->set_command("x");
         r.mutable_spec()->mutable_host()->mutable_health()->set_none(true);
       },
       "exclude one another"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_user_remap("1:2"); },
       "expected UID:GID:SIZE"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_user_remap("0:1:1"); },
       "user remap uid \"0\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->set_user_remap("1:1:65537"); },
       "from 1 to 65536"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_memory(1); },
       "--memory"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_memory(-1); },
       "--memory"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_limits()->set_memory_swap(64 << 20);
       },
       "--memory-swap"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_memory_swap(-2); },
       "--memory-swap"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_nano_cpus(-1); },
       "--cpus"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_limits()->set_nano_cpus(INT64_MAX);
       },
       "--cpus"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_limits()->set_pids_limit(-2); },
       "--pids-limit"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_volumes("x"); }, "SOURCE:TARGET"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_volumes("/usr:/"); }, "target \"/\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_volumes("/usr:/x:rx"); }, "mode \"rx\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->add_volumes("/no/such:/x"); },
       "\"/no/such\""},
  };
}

std::vector<BadRequest> BadFiles() {
  const auto mount = [](const char* text) {
    return [text](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_mounts(text); };
  };
  const auto tmpfs = [](const char* text) {
    return [text](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_tmpfs(text); };
  };
  const auto shm = [](int64_t size) {
    return
        [size](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->set_shm_size(size); };
  };
  // What two flags have as their target.
  const auto beside = [](const char* volume, const char* device, const char* own) {
    return [=](auto& r) {
      r.mutable_spec()->mutable_host()->mutable_files()->add_tmpfs(own);
      if (*volume != '\0') {
        r.mutable_spec()->mutable_host()->add_volumes(volume);
      }
      if (*device != '\0') {
        r.mutable_spec()->mutable_host()->mutable_security()->add_devices(device);
      }
    };
  };
  return {
      {mount("type=bind,src=/no/such,dst=/x"), "source \"/no/such\" does not exist"},
      {mount("type=volume,src=a,dst=/x"), "there are no volumes"},
      {mount("type=tmpfs,dst=/x,uid=1"), "key \"uid\""},
      {tmpfs("/x:size=1"), "size \"1\""},
      {tmpfs("/etc/hosts"), "is a file, \"/etc/hosts\""},
      {tmpfs("/etc/hosts/below"), "is a file, \"/etc/hosts\""},
      {shm(0), "--shm-size \"0\" must be at least"},
      {shm(-1), "--shm-size \"-1\" must be at least"},
      {shm(1), "--shm-size \"1\" must be at least"},
      {beside("/usr:/x", "", "/x"), "target \"/x\" is given more than once: by --volume"},
      {beside("", "/dev/null:/dev/x/y", "/dev/x"), "hides device \"/dev/x/y\""},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_files()->add_tmpfs("/dev/shm");
         r.mutable_spec()->mutable_host()->mutable_files()->set_shm_size(1 << 20);
       },
       "--shm-size and --tmpfs or --mount of \"/dev/shm\" exclude one another"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->set_env_target_file("/x");
         r.mutable_spec()->mutable_host()->mutable_files()->add_mounts(
             "type=bind,src=/etc/passwd,dst=/x");
       },
       "by --mount and by --env-target-file"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->add_volumes("/dev/null:/dev/x");
         r.mutable_spec()->mutable_host()->mutable_security()->add_devices("/dev/null:/dev/x");
       },
       "by --volume and by --device"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->add_host_channels("/nothing/here:/x");
         r.mutable_spec()->mutable_host()->mutable_files()->add_tmpfs("/x/y");
       },
       "must not contain the target of another mount"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_namespaces()->set_ipc("host");
         r.mutable_spec()->mutable_host()->add_host_channels("/nothing/here:/dev/shm/x");
       },
       "target \"/dev/shm/x\" and --ipc host exclude one another"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_namespaces()->set_ipc("host");
         r.mutable_spec()->mutable_host()->mutable_files()->add_tmpfs("/dev/shm/x");
       },
       "target \"/dev/shm/x\" and --ipc host exclude one another"},
  };
}

std::vector<BadRequest> BadNames() {
  return {
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_add_hosts("a"); },
       "--add-host: \"a\" must be NAME:IP"},
      {[](auto& r) {
         r.mutable_spec()->mutable_host()->mutable_files()->add_add_hosts("a:host-gateway");
       },
       "\"host-gateway\" is not supported"},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_dns("x"); },
       "--dns: \"x\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_dns_search("a b"); },
       "--dns-search: domain \"a b\""},
      {[](auto& r) { r.mutable_spec()->mutable_host()->mutable_files()->add_dns_options("a\nb"); },
       "--dns-option: option \"a\\nb\""},
  };
}

TEST(CreateRefusals, NameWhatIsWrong) {
  RealDaemon daemon;
  const std::vector<std::string> before = daemon.Files();
  for (const auto& table : {BadIdentities(), BadProcesses(), BadHosts(), BadFiles(), BadNames()}) {
    for (const BadRequest& bad : table) {
      SCOPED_TRACE(bad.reason);
      api::CreateRequest request = daemon.GoodRequest();
      bad.spoil(request);
      const grpc::Status status = daemon.Create(request);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
      EXPECT_THAT(status.error_message(), HasSubstr(bad.reason));
      EXPECT_EQ(status.error_message().find('\n'), std::string::npos);
    }
  }
  EXPECT_THAT(daemon.Containers(), IsEmpty());
  EXPECT_EQ(daemon.Files(), before);
}

TEST(CreateRefusals, RefuseANameThatIsTaken) {
  RealDaemon daemon;
  api::CreateRequest request = daemon.GoodRequest();
  request.set_name("web");
  ASSERT_TRUE(daemon.Create(request).ok());
  const grpc::Status status = daemon.Create(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_THAT(status.error_message(), HasSubstr("name \"web\""));
  EXPECT_TRUE(daemon.Remove("web").ok());
}

}  // namespace
}  // namespace isulad::test
