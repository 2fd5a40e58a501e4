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
      {[](auto& r) { r.set_image("ubuntu"); }, "image \"ubuntu\""},
      {[](auto& r) { r.clear_image(); }, "image \"\""},
      {[](auto& r) { r.mutable_process()->set_hostname("a b"); }, "hostname \"a b\""},
      {[](auto& r) { r.mutable_process()->set_hostname(std::string(64, 'x')); }, "hostname"},
      {[](auto& r) { r.mutable_process()->set_hostname("a\nb"); }, "hostname \"a\\nb\""},
  };
}

std::vector<BadRequest> BadProcesses() {
  return {
      {[](auto& r) { r.mutable_process()->clear_args(); }, "no command"},
      {[](auto& r) { r.mutable_process()->set_args(0, ""); }, "no command"},
      {[](auto& r) { r.mutable_process()->set_args(0, std::string("a\0b", 3)); }, "zero bytes"},
      {[](auto& r) { r.mutable_process()->add_env("=x"); }, "--env \"=x\""},
      {[](auto& r) { r.mutable_process()->add_env("x"); }, "--env \"x\""},
      {[](auto& r) { r.mutable_process()->set_workdir("tmp"); }, "\"tmp\" must be absolute"},
      {[](auto& r) { r.mutable_process()->set_workdir("/a/../b"); }, "must not contain \"..\""},
      {[](auto& r) { r.mutable_process()->set_stop_signal("NOSUCH"); }, "NOSUCH"},
      {[](auto& r) { r.mutable_process()->set_stop_signal("0"); }, "0"},
  };
}

std::vector<BadRequest> BadHosts() {
  return {
      {[](auto& r) { r.mutable_host()->clear_external_rootfs(); }, "--external-rootfs"},
      {[](auto& r) { r.mutable_host()->set_external_rootfs("/"); }, "root directory"},
      {[](auto& r) { r.mutable_host()->set_external_rootfs("relative"); }, "must be absolute"},
      {[](auto& r) { r.mutable_host()->set_external_rootfs("/etc/passwd"); }, "not a directory"},
      {[](auto& r) { r.mutable_host()->set_external_rootfs("/no/such"); }, "\"/no/such\""},
      {[](auto& r) { r.mutable_host()->set_runtime("nosuch"); }, "runtime \"nosuch\""},
      {[](auto& r) { r.mutable_host()->set_log_driver("syslog"); }, "log driver \"syslog\""},
      {[](auto& r) { r.mutable_host()->add_log_options("labels=a"); }, "log option \"labels\""},
      {[](auto& r) { r.mutable_host()->add_log_options("max-size=1k"); }, "max-size"},
      {[](auto& r) { r.mutable_host()->set_memory(1); }, "--memory"},
      {[](auto& r) { r.mutable_host()->set_memory(-1); }, "--memory"},
      {[](auto& r) { r.mutable_host()->set_memory_swap(64 << 20); }, "--memory-swap"},
      {[](auto& r) { r.mutable_host()->set_memory_swap(-2); }, "--memory-swap"},
      {[](auto& r) { r.mutable_host()->set_nano_cpus(-1); }, "--cpus"},
      {[](auto& r) { r.mutable_host()->set_nano_cpus(INT64_MAX); }, "--cpus"},
      {[](auto& r) { r.mutable_host()->set_pids_limit(-2); }, "--pids-limit"},
      {[](auto& r) { r.mutable_host()->add_volumes("x"); }, "SOURCE:TARGET"},
      {[](auto& r) { r.mutable_host()->add_volumes("/usr:/"); }, "target \"/\""},
      {[](auto& r) { r.mutable_host()->add_volumes("/usr:/x:rx"); }, "mode \"rx\""},
      {[](auto& r) { r.mutable_host()->add_volumes("/no/such:/x"); }, "\"/no/such\""},
  };
}

TEST(CreateRefusals, NameWhatIsWrong) {
  RealDaemon daemon;
  const std::vector<std::string> before = daemon.Files();
  for (const auto& table : {BadIdentities(), BadProcesses(), BadHosts()}) {
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
